import { expect, test } from 'vitest';
import { runExample } from '../../src/sdk/testing.ts';
import { checks } from './index.ts';
import { sampleMatch } from './shared/sample-secret.ts';

/** What a failure says beside its evidence: its title where a check has several, and how sure it is. */
test.each([
  ['CRD-04', 'ends in two weeks', { confidence: 'high' }],
  ['CRD-04', 'ends in two weeks and a production workflow needs it', { confidence: undefined }],
  ['OWN-02', 'one source names the leaver, another who made it', { confidence: 'high' }],
  ['OWN-02', 'somebody has left who made it, and nobody else is known', { confidence: 'medium' }],
  ['OWN-04', 'a team with one administrator', { title: 'One person administers it and nobody stands in' }],
  ['OWN-04', 'a team whose last administrator is gone', { title: 'Nobody administers it' }],
  [
    'PRV-03',
    'a connection that signs as other people',
    {
      evidence: [
        { fact: 'granted', value: 'signature (DocuSign): sends or signs documents' },
        { fact: 'granted', value: 'impersonation (DocuSign): acts as other people' },
      ],
    },
  ],
  [
    'PRV-06',
    'an app that asked for more later',
    {
      evidence: [
        { fact: 'not approved', value: 'chat:write' },
        { fact: 'approved', value: 'files:read' },
      ],
    },
  ],
  ['PRV-05', 'a live app that reads all repositories', { title: undefined }],
  [
    'PRV-05',
    'a webhook that gets everybody’s events',
    { title: 'It receives the messages of everybody instead of a selection' },
  ],
  ['TPI-04', 'a live community node with a connection', { confidence: undefined }],
  ['TPI-04', 'a live component of nobody knows whom', { confidence: 'low' }],
  ['TPI-04', 'the vendor’s own action, one of strangers, and one of nobody knows whom', { confidence: undefined }],
  [
    'RUS-01',
    'three templates, of which a report names one',
    {
      evidence: [
        { fact: 'stored in workflow', value: 'Send invoices', at: sampleMatch().at, source: 'files:exports' },
        { fact: 'further places', value: 2 },
      ],
    },
  ],
  [
    'RUS-01',
    'two templates',
    {
      evidence: [
        { fact: 'stored in workflow', value: 'Send invoices', at: sampleMatch().at, source: 'files:exports' },
        { fact: 'stored in workflow', value: 'Send invoices', at: sampleMatch().at, source: 'files:exports' },
      ],
    },
  ],
  ['VLT-02', 'the whole world', { title: undefined }],
  ['VLT-02', 'another account', { title: 'An entry of the secrets manager can be read from another account' }],
])('%s says of “%s”: %o', (id, name, said) => {
  const check = checks.find((each) => each.id === id);
  const example = check?.examples.fires.find((each) => each.name === name);
  if (check === undefined || example === undefined) throw new Error(`${id} has no example “${name}”`);
  const words = Object.keys(said) as (keyof typeof said)[];
  const failures = runExample(check, example).filter((verdict) => verdict.is === 'fail');
  expect(failures.map((failure) => Object.fromEntries(words.map((word) => [word, failure[word]])))).toEqual([said]);
});
