"""Leads the fuzzer to where something is: few names in one namespace, so that what one request makes the next one meets, and
most requests without options and metadata that are refused before anything is looked at."""

import schemathesis

NAMES = ["a", "b", "c"]
ENDLESS = ["watch", "follow"]


def tame(value):
    """Whether this is one of the three in four requests that shall go far; the same for the same value."""
    return len(str(value)) % 4 != 0


def name(value):
    return NAMES[len(str(value)) % len(NAMES)]


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if path_parameters:
        if "namespace" in path_parameters:
            path_parameters["namespace"] = "default"
        if "name" in path_parameters:
            path_parameters["name"] = name(path_parameters["name"])
    return path_parameters


@schemathesis.hook
def map_query(context, query):
    if query and tame(query):
        return {}
    for parameter in ENDLESS:
        if query:
            query.pop(parameter, None)
    return query


@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict) and tame(body) and not context.operation.method.lower() == "delete":
        for field in ("apiVersion", "kind", "status"):
            body.pop(field, None)
        body["metadata"] = {"name": name(body)}
    return body
