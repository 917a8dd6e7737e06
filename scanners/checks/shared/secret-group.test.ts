import { expect, test } from 'vitest';
import type { AnyRecord, Link, Match } from '../../../src/sdk/index.ts';
import { aWorkflow } from './examples.ts';
import { sampleMatch } from './sample-secret.ts';
import { bestConfidence, presentHoldersOf, secretIn } from './secret-group.ts';

const places = (records: readonly AnyRecord[], ...matches: readonly Match[]) =>
  presentHoldersOf(secretIn(records, matches.length > 0 ? matches : undefined)).map(({ record }) => record.id);
const file = (...links: readonly Link[]): AnyRecord => {
  return { kind: 'container', id: 'file', name: 'File', type: 'file', links };
};
const inRepository: Link = { rel: 'contained-in', kind: 'container', id: 'repository' };
const ofWorkflow: Link = { rel: 'contained-in', kind: 'workflow', id: 'flow-1' };

test('what keeps a secret today, each once', () => {
  expect(places([aWorkflow(), aWorkflow(), file()])).toEqual(['flow-1', 'file']);
});

test('what keeps it in an earlier version too keeps it today; what does so alone does not', () => {
  const past = sampleMatch({ place: 'history' });
  expect(places([file()], past, sampleMatch())).toEqual(['file']);
  expect(places([file()], past)).toEqual([]);
});

test('an earlier version of a workflow is no further place, a file of a repository or a part of a workflow is', () => {
  expect(places([file(inRepository, ofWorkflow)])).toEqual([]);
  expect(places([file(inRepository)])).toEqual(['file']);
  expect(places([file({ ...ofWorkflow, rel: 'uses' })])).toEqual(['file']);
  expect(places([aWorkflow({ id: 'part', links: [ofWorkflow] })])).toEqual(['part']);
});

test('it is as sure as its surest place', () => {
  const sure = (...all: Match['confidence'][]) =>
    bestConfidence(
      secretIn(
        [file()],
        all.map((confidence) => sampleMatch({ confidence })),
      ),
    );
  expect(sure('low', 'high', 'medium')).toBe('high');
  expect(sure('low')).toBe('low');
});
