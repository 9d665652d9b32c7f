"""The HTML pages: server-rendered, working without JavaScript. ``service.pages.router`` holds the routes."""
