"""What programs do with the Python client, for objects of a type of their own and for built-in ones.

Every step fails by itself; those that were done are printed.
"""

import sys
import threading

from kubernetes import client, config, dynamic, watch
from kubernetes.client.rest import ApiException
from kubernetes.leaderelection import electionconfig, leaderelection
from kubernetes.leaderelection.resourcelock.leaselock import LeaseLock

GROUP, VERSION, PLURAL = "python.example.com", "v1", "shelves"
namespace = sys.argv[1]
config.load_kube_config()
core, apps = client.CoreV1Api(), client.AppsV1Api()
custom, definitions = client.CustomObjectsApi(), client.ApiextensionsV1Api()

SCHEMA = {
    "type": "object",
    "properties": {
        "spec": {
            "type": "object",
            "required": ["size"],
            "properties": {
                "size": {"type": "integer", "minimum": 1, "maximum": 9},
                "material": {"type": "string", "default": "oak"},
            },
        },
        "status": {"type": "object", "properties": {"books": {"type": "integer"}}},
    },
}


def shelf(name, size, **labels):
    return {
        "apiVersion": GROUP + "/" + VERSION,
        "kind": "Shelf",
        "metadata": {"name": name, "labels": labels},
        "spec": {"size": size},
    }


def refused(code, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except ApiException as refusal:
        assert refusal.status == code, refusal
        return refusal.body
    raise AssertionError("not refused")


def define():
    names = client.V1CustomResourceDefinitionNames(plural=PLURAL, singular="shelf", kind="Shelf")
    version = client.V1CustomResourceDefinitionVersion(
        name=VERSION,
        served=True,
        storage=True,
        subresources=client.V1CustomResourceSubresources(status={}),
        schema=client.V1CustomResourceValidation(
            open_apiv3_schema=client.V1JSONSchemaProps(
                type="object", properties={k: client.V1JSONSchemaProps(**v) for k, v in SCHEMA["properties"].items()}
            )
        ),
    )
    name = PLURAL + "." + GROUP
    definitions.create_custom_resource_definition(
        client.V1CustomResourceDefinition(
            metadata=client.V1ObjectMeta(name=name),
            spec=client.V1CustomResourceDefinitionSpec(
                group=GROUP, scope="Namespaced", names=names, versions=[version]
            ),
        )
    )
    for event in watch.Watch().stream(
        definitions.list_custom_resource_definition, field_selector="metadata.name=" + name, timeout_seconds=30
    ):
        conditions = (event["object"].status and event["object"].status.conditions) or []
        if any(c.type == "Established" and c.status == "True" for c in conditions):
            return
    raise AssertionError("not established")


def create_and_list():
    made = custom.create_namespaced_custom_object(GROUP, VERSION, namespace, PLURAL, shelf("first", 3, room="hall"))
    assert made["spec"] == {"size": 3, "material": "oak"}, made
    body = refused(
        422, custom.create_namespaced_custom_object, GROUP, VERSION, namespace, PLURAL, shelf("huge", 10)
    )
    assert "spec.size: Invalid value: 10: spec.size in body should be less than or equal to 9" in body, body
    custom.create_namespaced_custom_object(GROUP, VERSION, namespace, PLURAL, shelf("second", 4, room="attic"))
    found = custom.list_namespaced_custom_object(GROUP, VERSION, namespace, PLURAL, label_selector="room=attic")
    assert [i["metadata"]["name"] for i in found["items"]] == ["second"], found


def follow():
    listed = custom.list_namespaced_custom_object(GROUP, VERSION, namespace, PLURAL)
    custom.patch_namespaced_custom_object(GROUP, VERSION, namespace, PLURAL, "first", {"spec": {"size": 5}})
    custom.delete_namespaced_custom_object(GROUP, VERSION, namespace, PLURAL, "second")
    seen, stream = [], watch.Watch()
    for event in stream.stream(
        custom.list_namespaced_custom_object,
        GROUP,
        VERSION,
        namespace,
        PLURAL,
        resource_version=listed["metadata"]["resourceVersion"],
        timeout_seconds=30,
    ):
        seen.append((event["type"], event["object"]["metadata"]["name"]))
        if len(seen) == 2:
            stream.stop()
    assert seen == [("MODIFIED", "first"), ("DELETED", "second")], seen


def patch():
    patched = custom.patch_namespaced_custom_object(
        GROUP,
        VERSION,
        namespace,
        PLURAL,
        "first",
        [{"op": "replace", "path": "/spec/material", "value": "ash"}],
        _content_type="application/json-patch+json",
    )
    assert patched["spec"] == {"size": 5, "material": "ash"}, patched
    told = custom.patch_namespaced_custom_object_status(
        GROUP, VERSION, namespace, PLURAL, "first", {"status": {"books": 12}, "spec": {"size": 1}}
    )
    assert told["status"] == {"books": 12} and told["spec"]["size"] == 5, told


def apply():
    untyped = dynamic.DynamicClient(client.ApiClient())
    shelves = untyped.resources.get(api_version=GROUP + "/" + VERSION, kind="Shelf")
    body = {**shelf("applied", 2), "metadata": {"name": "applied", "namespace": namespace}}
    made = shelves.server_side_apply(body=body, field_manager="carpenter")
    assert [(m.manager, m.operation) for m in made.metadata.managedFields] == [("carpenter", "Apply")], made
    other = {**body, "spec": {"size": 7}}
    try:
        shelves.server_side_apply(body=other, field_manager="joiner")
        raise AssertionError("no conflict")
    except dynamic.exceptions.ConflictError as conflict:
        text = conflict.body
        assert 'conflict with \\"carpenter\\": .spec.size' in text, text
    forced = shelves.server_side_apply(body=other, field_manager="joiner", force_conflicts=True)
    assert forced.spec.size == 7, forced
    maps = untyped.resources.get(api_version="v1", kind="ConfigMap")
    settings = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "applied"}, "data": {"a": "1"}}
    made = maps.server_side_apply(body=settings, namespace=namespace, field_manager="carpenter")
    assert made.data.a == "1", made


def built_in():
    labels = {"app": "books"}
    pods = client.V1PodTemplateSpec(
        metadata=client.V1ObjectMeta(labels=labels),
        spec=client.V1PodSpec(containers=[client.V1Container(name="main", image="books:1")]),
    )
    apps.create_namespaced_deployment(
        namespace,
        client.V1Deployment(
            metadata=client.V1ObjectMeta(name="books"),
            spec=client.V1DeploymentSpec(
                replicas=2, selector=client.V1LabelSelector(match_labels=labels), template=pods
            ),
        ),
    )
    stream = watch.Watch()
    for event in stream.stream(apps.list_namespaced_deployment, namespace, timeout_seconds=30):
        if event["object"].status.ready_replicas == 2:
            stream.stop()
    apps.patch_namespaced_deployment_scale("books", namespace, {"spec": {"replicas": 3}})
    scaled = apps.read_namespaced_deployment("books", namespace)
    assert scaled.spec.replicas == 3, scaled
    found = core.list_namespaced_pod(namespace, label_selector="app=books", field_selector="status.phase=Running")
    assert len(found.items) >= 2, found
    core.create_namespaced_secret(
        namespace, client.V1Secret(metadata=client.V1ObjectMeta(name="key"), string_data={"a": "b"})
    )
    assert core.read_namespaced_secret("key", namespace).data == {"a": "Yg=="}


def elect():
    led = threading.Event()
    lock = LeaseLock("librarian", namespace, "python")
    election = leaderelection.LeaderElection(
        electionconfig.Config(
            lock, lease_duration=15, renew_deadline=10, retry_period=1, onstarted_leading=led.set, onstopped_leading=None
        )
    )
    threading.Thread(target=election.run, daemon=True).start()
    assert led.wait(20)
    lease = client.CoordinationV1Api().read_namespaced_lease("librarian", namespace)
    assert lease.spec.holder_identity == "python", lease


def remove():
    custom.delete_collection_namespaced_custom_object(GROUP, VERSION, namespace, PLURAL)
    assert custom.list_namespaced_custom_object(GROUP, VERSION, namespace, PLURAL)["items"] == []
    definitions.delete_custom_resource_definition(PLURAL + "." + GROUP)


for step in (define, create_and_list, follow, patch, apply, built_in, elect, remove):
    step()
    print("done:", step.__name__, flush=True)
