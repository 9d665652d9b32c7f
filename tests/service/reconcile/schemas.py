"""What the Reconciliation Service API 0.2 asks of answers, as JSON schemas of our own.

Written from the text of the specification (§§ 3-7; https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/),
and stricter than its schemas: nothing beside what it names. Theirs are under the W3C Software and Document licence and
are not copied here.
"""

TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": "^https?://[^ ]+$"}
WITH_ID = {"type": "string", "pattern": r"^https?://[^ ]*\{\{id\}\}[^ ]*$"}


def closed(required, **properties):
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def listed(items, **more):
    return {"type": "array", "items": items, **more}


TYPE = closed(["id", "name"], id=TEXT, name=TEXT)
BROAD_TYPE = closed(["id", "name"], id=TEXT, name=TEXT, broader=listed(TYPE))
SUGGEST = closed(
    ["service_url", "service_path"],
    service_url=URL,
    service_path={"type": "string", "pattern": "^/"},
    flyout_service_url=URL,
    flyout_service_path={"type": "string", "pattern": r"^/.*\$\{id\}"},
)
MANIFEST = closed(
    ["versions", "name", "identifierSpace", "schemaSpace"],
    versions=listed({"enum": ["0.1", "0.2"]}, contains={"const": "0.2"}),
    name=TEXT,
    identifierSpace=URL,
    schemaSpace=URL,
    defaultTypes=listed(BROAD_TYPE, uniqueItems=True, minItems=1),
    documentation=URL,
    logo=URL,
    serviceVersion=TEXT,
    view=closed(["url"], url=WITH_ID),
    feature_view=closed(["url"], url=WITH_ID),
    preview=closed(["url", "width", "height"], url=WITH_ID, width={"type": "integer"}, height={"type": "integer"}),
    suggest=closed([], entity=SUGGEST, type=SUGGEST, property=SUGGEST),
    extend=closed(
        [],
        propose_properties=closed(["service_url", "service_path"], service_url=URL, service_path=TEXT),
    ),
    batchSize={"type": "integer", "minimum": 10},
)
FEATURE = closed(["id", "value"], id=TEXT, value={"type": ["boolean", "number"]})
CANDIDATE = closed(
    ["id", "name", "type", "score", "match"],
    id=TEXT,
    name=TEXT,
    description={"type": "string"},
    type=listed(TYPE, minItems=1),
    score={"type": "number", "minimum": 0, "maximum": 100},
    match={"type": "boolean"},
    features=listed(FEATURE),
)
RESULTS = {"type": "object", "additionalProperties": closed(["result"], result=listed(CANDIDATE))}
SUGGESTED = closed(
    ["result"],
    result=listed(closed(["id", "name"], id=TEXT, name=TEXT, description={"type": "string"}, notable=listed(TYPE))),
)
FLYOUT = closed(["id", "html"], id={"type": "string"}, html=TEXT)
PROPOSED = closed(["type", "properties"], type={"type": "string"}, limit={"type": "integer"}, properties=listed(TYPE))
CELL = {
    "oneOf": [
        closed(["id", "name"], id=TEXT, name=TEXT),
        closed(["str"], str={"type": "string"}),
        closed(["int"], int={"type": "integer"}),
        closed(["float"], float={"type": "number"}),
    ]
}
EXTENDED = closed(
    ["meta", "rows"],
    meta=listed(closed(["id", "name"], id=TEXT, name=TEXT, type=BROAD_TYPE)),
    rows={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": listed(CELL)}},
)


def validate(value: object, schema: object) -> None:
    """Raise ``jsonschema.ValidationError`` where ``value`` does not follow ``schema``.

    The library is loaded here: that takes 1.4 s of processor, which each process of the suite spent to list its tests.
    """
    import jsonschema

    jsonschema.validate(value, schema)
