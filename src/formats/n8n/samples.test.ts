import { expect, test } from 'vitest';
import { records } from '../../../test/helpers/n8n.ts';
import { samples } from '../../../test/helpers/read-formats.ts';
import { expectSound } from '../../../test/helpers/wounded-tree.ts';
import { n8nCredentials } from './credentials.ts';
import { n8nWorkflow } from './workflow.ts';

/** An index of the others, not a workflow. */
const index = 'docs_workflows.json';
const documents = (await samples('n8n')).filter((document) => document.path !== index);

test.skipIf(documents.length === 0)('every sample is read as a workflow', () => {
  const parsed = documents.map((document) => {
    expect(n8nWorkflow.recognise(document), document.path).toBe(true);
    expect(n8nCredentials.recognise(document), document.path).toBe(false);
    const one = n8nWorkflow.parse(document);
    expectSound(one);
    return one;
  });
  const workflows = parsed.flatMap((one) => records(one, 'workflow'));
  const triggers = workflows.flatMap((workflow) => workflow.graph.triggers);
  expect(workflows).toHaveLength(documents.length);
  expect(workflows.filter((workflow) => workflow.state === 'active').length).toBeGreaterThan(20);
  expect(workflows.flatMap((workflow) => workflow.graph.steps).length).toBeGreaterThan(3_000);
  expect(triggers.filter((trigger) => trigger.kind === 'webhook').length).toBeGreaterThan(40);
  expect(triggers.filter((trigger) => trigger.authentication === 'none').length).toBeGreaterThan(80);
  expect(parsed.flatMap((one) => records(one, 'connection')).length).toBeGreaterThan(300);
  expect(parsed.flatMap((one) => records(one, 'identity')).length).toBeGreaterThan(90);
});
