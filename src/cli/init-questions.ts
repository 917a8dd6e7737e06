import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { policyNames } from '../config/policy.ts';
import type { Connector } from '../sdk/connector.ts';
import { platforms, platformsNamed } from './platform-blocks.ts';

/** What a `rollcall.yaml` is written from; paths are relative to it. */
export interface Answers {
  platforms: readonly Connector[];
  path?: string;
  people?: string;
  attested?: string;
  policy: string;
}

/** The terminal; tests pass their own. */
export interface Terminal {
  input?: Readable;
  output?: Writable;
}

/** Asks what a `rollcall.yaml` needs to know; undefined when the person breaks off. Platforms that are given are not asked for. */
export async function askForAnswers(
  cwd: string,
  given: string | undefined,
  terminal: Terminal = {},
): Promise<Answers | undefined> {
  const { cancel, group, intro, isCancel, multiselect, outro, select, text } = await import('@clack/prompts');
  // A group of questions goes on after one was broken off; with this signal the others are not put any more.
  const broken = new AbortController();
  const asked = { ...terminal, signal: broken.signal };
  const onCancel = (): void => {
    if (!broken.signal.aborted) cancel('Nothing was written.', terminal);
    broken.abort();
  };
  const there = (value: string | undefined): string | undefined =>
    value === undefined || value === '' || existsSync(join(cwd, value)) ? undefined : 'no such file or folder';
  const place = (message: string, more: { placeholder?: string; initialValue?: string }) =>
    text({ ...asked, message: `${message}, empty for none`, defaultValue: '', validate: there, ...more });
  intro('Rollcall: what shall be called?', terminal);
  const chosen =
    given ??
    (await multiselect({
      ...asked,
      message: 'Platforms to read live: space chooses, enter goes on',
      options: (await platforms()).map(({ id, title }) => ({ value: id, label: title })),
      required: false,
      maxItems: 12,
    }));
  if (isCancel(chosen)) {
    onCancel();
    return undefined;
  }
  const read = chosen.length === 0 ? [] : await platformsNamed(String(chosen));
  const said = await group(
    {
      path: () => place('Folder or repository with workflow exports', { initialValue: read.length === 0 ? '.' : '' }),
      people: () => place('People directory (CSV or YAML)', { placeholder: 'people.csv' }),
      attested: () =>
        place('Attested inventory (CSV or YAML) of what no interface lists', { placeholder: 'attested.yaml' }),
      policy: () =>
        select({
          ...asked,
          message: 'Policy',
          options: policyNames().map((name) => ({ value: name, label: name })),
        }),
    },
    { onCancel },
  );
  if (broken.signal.aborted || typeof said.policy !== 'string') return undefined;
  outro('Done.', terminal);
  const nothing = read.length === 0 && said.people === '' && said.attested === '';
  return {
    platforms: read,
    policy: said.policy,
    ...((said.path !== '' || nothing) && { path: said.path || '.' }),
    ...(said.people !== '' && { people: said.people }),
    ...(said.attested !== '' && { attested: said.attested }),
  };
}
