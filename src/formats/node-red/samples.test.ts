import { expect, test } from 'vitest';
import { records } from '../../../test/helpers/n8n.ts';
import { samples } from '../../../test/helpers/read-formats.ts';
import { expectSound } from '../../../test/helpers/wounded-tree.ts';
import { nodeRedFlows } from './flows.ts';

const documents = await samples('node-red');

test.skipIf(documents.length === 0)('every sample is read as flows', () => {
  const parsed = documents.map((document) => {
    expect(nodeRedFlows.recognise(document), document.path).toBe(true);
    const one = nodeRedFlows.parse(document);
    expectSound(one);
    expect(one.problems).toEqual([]);
    return one;
  });
  const workflows = parsed.flatMap((one) => records(one, 'workflow'));
  expect(workflows.length).toBeGreaterThan(15);
  expect(workflows.flatMap((workflow) => workflow.graph.steps).length).toBeGreaterThan(400);
  expect(workflows.flatMap((workflow) => workflow.graph.triggers).length).toBeGreaterThan(30);
});
