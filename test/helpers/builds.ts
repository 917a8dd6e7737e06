import type { Workflow } from '../../src/sdk/index.ts';
import { readText } from '../../src/formats/document.ts';
import { githubActions } from '../../src/formats/github-actions/github-actions.ts';

/** What a file of this text is read into; nothing where it is no build. */
export function readBuild(text: string, path = '.github/workflows/a.yml') {
  const { document } = readText(path, text);
  return githubActions.recognise(document) ? githubActions.parse(document).items : [];
}

/** The workflow that it describes. */
export function buildOf(text: string, path?: string): Workflow {
  const record = readBuild(text, path)[0]?.record;
  if (record?.kind !== 'workflow') throw new Error('no workflow');
  return record;
}
