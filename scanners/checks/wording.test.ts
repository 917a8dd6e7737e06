import { expect, test } from 'vitest';
import { runExample } from '../../src/sdk/testing.ts';
import { checks } from './index.ts';
import { sampleMatch } from './shared/sample-secret.ts';

/** What a check says where it has a choice: of titles, of how sure it is, of reasons not to know. */
test.each([
  [
    'AGT-04',
    'whatever a server offers is called unasked',
    {
      discriminator: 'every-tool',
      title: 'An AI agent calls every tool of a server without anybody’s approval',
    },
  ],
  ['AGT-05', 'nobody signs in', { discriminator: 'sign-in', title: 'An AI agent can be reached without signing in' }],
  ['AGT-05', 'open to the world', { discriminator: 'sharing', title: 'An AI agent can be used by everyone' }],
  [
    'AGT-03',
    'a proved key in the environment of a server',
    { title: 'Example provider key, in an agent’s configuration' },
  ],
  ['AUT-01', 'events in the format of an older interface', { title: 'Events are delivered by a deprecated interface' }],
  [
    'AUT-02',
    'a live web app that no workflow stands behind',
    { title: 'Anybody can call the endpoint without proving who they are' },
  ],
  [
    'AUT-04',
    'plain http, and no credential is known to travel',
    {
      title: 'Data travels in plain text',
      evidence: [
        { fact: 'protocol', value: 'http' },
        { fact: 'host', value: 'api.partner.example' },
      ],
    },
  ],
  [
    'AUT-04',
    'certificate checks off, wherever a step is led by what it reads',
    {
      title: 'The other side’s certificate is not checked',
      evidence: [{ fact: 'certificates checked', value: false }],
    },
  ],
  [
    'AUT-05',
    'a key that the build system keeps',
    {
      evidence: [
        { fact: 'opens', value: 'AWS' },
        { fact: 'used by', value: 'Deploy' },
        { fact: 'used by', value: 'Nightly' },
        { fact: 'could federate today', value: 'Deploy' },
      ],
    },
  ],
  ['AUT-06', 'any audience', { title: 'Federated trust without a restriction of the audience' }],
  ['AUT-06', 'any repository of anybody', { title: undefined }],
  ['CRD-04', 'ends in two weeks', { confidence: 'high' }],
  ['CRD-04', 'ends in two weeks and a production workflow needs it', { confidence: undefined }],
  [
    'ENV-02',
    'a live bot that writes',
    {
      evidence: [
        { fact: 'environment', value: 'unknown' },
        { fact: 'scope', value: 'orders:write' },
      ],
    },
  ],
  [
    'ENV-01',
    'events of a sandbox arrive in production',
    { title: 'Events of one environment are delivered to another' },
  ],
  [
    'EXP-01',
    'something that only looks like a secret, and nothing makes it worse',
    { title: 'Example provider key, written into a workflow', confidence: 'low' },
  ],
  ['EXP-02', 'a proved key in pinned data', { title: 'Example provider key, kept in run data' }],
  ['EXP-03', 'a proved key in a connection’s settings', { title: 'Example provider key, in a plain-text setting' }],
  [
    'EXP-03',
    'a key in a decrypted credential export',
    { title: 'Example provider key, in a decrypted credential export' },
  ],
  ['EXP-04', 'a proved key in a file', { title: 'Example provider key, in a source file' }],
  [
    'EXP-04',
    'a proved key that was deleted and stayed in the history: it still has to be replaced',
    { title: 'Example provider key, in the history of a source file' },
  ],
  ['EXP-06', 'a key shared with a very large group', { title: 'A credential can be used by everyone' }],
  ['EXP-06', 'a template of agreements', { title: 'A template of agreements can be used or changed by everyone' }],
  [
    'EXP-06',
    'an open workflow that runs on its maker’s account',
    { title: 'A workflow that everyone can run lends them a person’s account' },
  ],
  [
    'EXP-07',
    'where it can be read nobody says',
    {
      evidence: [
        { fact: 'found by', value: 'secret scanning' },
        { fact: 'status', value: 'active' },
      ],
    },
  ],
  ['HUM-03', 'a leaver’s live workflow holds it, untouched since', { confidence: 'medium' }],
  ['HUM-03', 'a leaver’s workflow holds what only looks like a secret', { confidence: 'low' }],
  [
    'INV-02',
    'one file was too large',
    {
      evidence: [
        { fact: 'outcome', value: 'complete' },
        { fact: 'not read (too-large)', value: 'over 50 MB', at: { path: 'flows/huge.json' } },
      ],
    },
  ],
  ['INV-04', 'a forbidden step, wherever it runs', { title: 'Uses a connector that the policy forbids' }],
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
  ['SOD-01', 'built, approved and published by Ada', { title: undefined, confidence: undefined }],
  [
    'SOD-01',
    'built and published by Ada in production, with no approval on record',
    {
      title: 'The same person built the workflow and put it live, and nobody else approved it',
      confidence: 'medium',
    },
  ],
  [
    'SOD-01',
    'nobody has to agree',
    {
      title: 'The environment lets one person deploy what they built',
      evidence: [{ fact: 'people who have to agree', value: 0 }],
    },
  ],
  [
    'SOD-03',
    'Ada approved the workflow that she owns and Bo made',
    {
      evidence: [
        { fact: 'approved by', value: 'Ada' },
        { fact: 'also owned by', value: 'Ada' },
      ],
    },
  ],
  [
    'SOD-06',
    'something small is left',
    {
      evidence: [
        { fact: 'decided', value: 'avoid' },
        { fact: 'on', value: '2026-02-21' },
        { fact: 'to be done by', value: '2026-05-22' },
        {
          fact: 'still there',
          value: 'OWN-02: Everybody who answered for it has left: Billing key',
          source: 'files:exports',
        },
      ],
    },
  ],
  [
    'SIG-05',
    'Ada has left, and Bo may still look on and sign for her',
    { title: 'Somebody may act for another person, and one of the two has left' },
  ],
  ['SIG-05', 'Bo may sign for Ada for ever', { title: undefined }],
  [
    'SIG-08',
    'invited half a year ago',
    {
      evidence: [
        { fact: 'status', value: 'invited' },
        { fact: 'invited', value: '2025-12-03' },
      ],
    },
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
  [
    'WFL-02',
    'two ways out, of which a report names one',
    {
      evidence: [
        { fact: 'reads', value: 'Read customers (n8n-nodes-base.salesforce)', at: { step: 'Read customers' } },
        { fact: 'passes on to', value: 'Tell the group (n8n-nodes-base.telegram)', at: { step: 'Tell the group' } },
      ],
    },
  ],
  ['WFL-02', 'the address is computed', { because: 'Where the data goes is decided while the workflow runs.' }],
  [
    'WFL-02',
    'nobody has said which domains are the organisation’s own',
    {
      because:
        'The policy does not name the domains of the organisation, so a destination cannot be told to be its own.',
    },
  ],
  ['WFL-04', 'whether it ran is not known', { because: 'This source has not read when it last ran.' }],
  [
    'WFL-04',
    'never run and new to us, and nobody says how old it is',
    { because: 'The source does not say when it was made.' },
  ],
  [
    'WFL-05',
    'the title of an issue in a command',
    {
      evidence: [
        { fact: 'runs', value: 'a title, comment or branch name, as part of a command', at: { step: 'build' } },
      ],
    },
  ],
])('%s says of “%s”: %o', (id, name, said) => {
  const check = checks.find((each) => each.id === id);
  const example = [...(check?.examples.fires ?? []), ...(check?.examples.unknown ?? [])].find(
    (each) => each.name === name,
  );
  if (check === undefined || example === undefined) throw new Error(`${id} has no example “${name}”`);
  const words = Object.keys(said);
  const chosen = runExample(check, example)
    .filter(({ is }) => is !== 'pass')
    .map((verdict) => Object.fromEntries(words.map((word) => [word, (verdict as Record<string, unknown>)[word]])));
  expect(chosen).toEqual([said]);
});
