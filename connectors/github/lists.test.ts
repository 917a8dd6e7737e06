import { expect, test } from 'vitest';
import { only, read } from '../../test/helpers/github.ts';

const missing = { status: 404, json: {} };

test.each(['codespaces', 'agents'])(
  'a repository that goes while it is read takes no list of %s with it',
  async (id) => {
    const stream = `${id}-secrets`;
    const chosen = ['repositories', stream];
    const gone = only(new RegExp(`/repos/acme/(?:tools|data)/${id}/`), missing);
    const { outcome, records } = await read(chosen, {}, { tamper: gone });
    expect(outcome(stream)).toMatchObject({ outcome: 'partial', quarantined: 2 });
    expect([...records.keys()].filter((key) => key.startsWith(`credential/${id}-secret/`))).toHaveLength(1);
    const first = only(new RegExp(`/repos/acme/site/${id}/`), missing);
    expect((await read(chosen, {}, { tamper: first })).outcome(stream)).toMatchObject({
      outcome: 'partial',
      quarantined: 1,
    });
    const all = only(new RegExp(`/repos/acme/\\w+/${id}/`), missing);
    expect((await read(chosen, {}, { tamper: all })).outcome(stream)).toMatchObject({
      outcome: 'skipped',
      reason: 'not-licensed',
      quarantined: 0,
    });
  },
);
