"""Programmes, contracts and plans: named, dated, gathered into instances."""
