// What programs do with the JavaScript client, for objects of a type of their own and for built-in ones.
// Every step fails by itself; those that were done are printed.

import assert from 'node:assert/strict';
import * as k8s from '@kubernetes/client-node';

const group = 'javascript.example.com';
const version = 'v1';
const plural = 'lamps';
const namespace = process.argv[2];
const config = new k8s.KubeConfig();
config.loadFromDefault();
const core = config.makeApiClient(k8s.CoreV1Api);
const apps = config.makeApiClient(k8s.AppsV1Api);
const custom = config.makeApiClient(k8s.CustomObjectsApi);
const definitions = config.makeApiClient(k8s.ApiextensionsV1Api);
const objects = k8s.KubernetesObjectApi.makeApiClient(config);
const where = { group, version, namespace, plural };
const mergePatch = k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch);

const lamp = (name, watts) => ({
  apiVersion: `${group}/${version}`,
  kind: 'Lamp',
  metadata: { name, namespace },
  spec: { watts },
});

async function refused(code, promise) {
  const refusal = await promise.then(
    () => assert.fail('not refused'),
    (refusal) => refusal,
  );
  assert.equal(refusal.code, code, String(refusal));
  return typeof refusal.body === 'string' ? JSON.parse(refusal.body) : refusal.body;
}

// Waits for the first object of a watch of which something is true.
function seen(path, query, wanted) {
  return new Promise((resolve, reject) => {
    const given = setTimeout(() => reject(new Error(`nothing at ${path}`)), 30_000);
    let request;
    const found = (phase, object) => {
      if (wanted(phase, object)) {
        clearTimeout(given);
        request.then((controller) => controller.abort());
        resolve(object);
      }
    };
    request = new k8s.Watch(config).watch(path, query, found, (end) => end && reject(end));
  });
}

async function define() {
  const name = `${plural}.${group}`;
  await definitions.createCustomResourceDefinition({
    body: {
      metadata: { name },
      spec: {
        group,
        scope: 'Namespaced',
        names: { plural, singular: 'lamp', kind: 'Lamp' },
        versions: [
          {
            name: version,
            served: true,
            storage: true,
            subresources: { status: {} },
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  spec: {
                    type: 'object',
                    properties: { watts: { type: 'integer', maximum: 100 }, colour: { type: 'string', _default: 'white' } },
                  },
                  status: { type: 'object', properties: { on: { type: 'boolean' } } },
                },
              },
            },
          },
        ],
      },
    },
  });
  await seen(
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    { fieldSelector: `metadata.name=${name}` },
    (_, object) => object.status?.conditions?.some((c) => c.type === 'Established' && c.status === 'True'),
  );
}

async function createAndList() {
  const made = await custom.createNamespacedCustomObject({ ...where, body: lamp('first', 40) });
  assert.deepEqual(made.spec, { watts: 40, colour: 'white' });
  const refusal = await refused(422, custom.createNamespacedCustomObject({ ...where, body: lamp('hot', 101) }));
  assert.match(refusal.message, /spec.watts: Invalid value: 101: .* should be less than or equal to 100/);
  const listed = await custom.listNamespacedCustomObject(where);
  assert.deepEqual(
    listed.items.map((item) => item.metadata.name),
    ['first'],
  );
}

async function follow() {
  const path = `/apis/${group}/${version}/namespaces/${namespace}/${plural}`;
  const informer = k8s.makeInformer(config, path, () => custom.listNamespacedCustomObject(where));
  const told = [];
  const gone = new Promise((resolve) => {
    informer.on('add', (object) => told.push(`add ${object.metadata.name}`));
    informer.on('update', (object) => told.push(`update ${object.spec.watts}`));
    informer.on('delete', (object) => {
      told.push(`delete ${object.metadata.name}`);
      resolve();
    });
  });
  await informer.start();
  const patched = await custom.patchNamespacedCustomObject(
    { ...where, name: 'first', body: { spec: { watts: 60 } } },
    mergePatch,
  );
  assert.equal(patched.spec.watts, 60);
  await custom.deleteNamespacedCustomObject({ ...where, name: 'first' });
  await gone;
  await informer.stop();
  assert.deepEqual(told, ['add first', 'update 60', 'delete first']);
}

async function patch() {
  await custom.createNamespacedCustomObject({ ...where, body: lamp('patched', 20) });
  const name = { ...where, name: 'patched' };
  const replaced = await custom.patchNamespacedCustomObject(
    { ...name, body: [{ op: 'replace', path: '/spec/colour', value: 'red' }] },
    k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.JsonPatch),
  );
  assert.equal(replaced.spec.colour, 'red');
  const told = await custom.patchNamespacedCustomObjectStatus({ ...name, body: { status: { on: true } } }, mergePatch);
  assert.deepEqual(told.status, { on: true });
}

async function apply() {
  const by = (manager, body, force) =>
    objects.patch(body, undefined, undefined, manager, force, k8s.PatchStrategy.ServerSideApply);
  const made = await by('electrician', lamp('applied', 30));
  assert.deepEqual(
    made.metadata.managedFields.map((m) => `${m.manager} ${m.operation}`),
    ['electrician Apply'],
  );
  const conflict = await refused(409, by('painter', lamp('applied', 35)));
  assert.match(conflict.message, /conflict with "electrician": \.spec\.watts/);
  assert.equal((await by('painter', lamp('applied', 35), true)).spec.watts, 35);
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'applied', namespace }, data: { a: '1' } };
  assert.deepEqual((await by('electrician', map)).data, { a: '1' });
}

async function builtIn() {
  const labels = { app: 'lamps' };
  await apps.createNamespacedDeployment({
    namespace,
    body: {
      metadata: { name: 'lamps' },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'lamps:1' }] } },
      },
    },
  });
  await seen(
    `/apis/apps/v1/namespaces/${namespace}/deployments`,
    { fieldSelector: 'metadata.name=lamps' },
    (_, object) => object.status?.readyReplicas === 2,
  );
  const pods = await core.listNamespacedPod({ namespace, labelSelector: 'app=lamps' });
  assert.equal(pods.items.length, 2);
  const scaled = await apps.patchNamespacedDeploymentScale(
    { name: 'lamps', namespace, body: { spec: { replicas: 3 } } },
    mergePatch,
  );
  assert.equal(scaled.spec.replicas, 3);
  await core.createNamespacedSecret({ namespace, body: { metadata: { name: 'key' }, stringData: { a: 'b' } } });
  assert.deepEqual((await core.readNamespacedSecret({ namespace, name: 'key' })).data, { a: 'Yg==' });
}

async function remove() {
  await custom.deleteCollectionNamespacedCustomObject(where);
  assert.deepEqual((await custom.listNamespacedCustomObject(where)).items, []);
  await definitions.deleteCustomResourceDefinition({ name: `${plural}.${group}` });
}

for (const step of [define, createAndList, follow, patch, apply, builtIn, remove]) {
  await step();
  console.log(`done: ${step.name}`);
}
