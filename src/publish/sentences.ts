import type { Severity } from '../core/finding.ts';
import { count } from '../core/text.ts';
import { ownableRecords, type Survey } from './survey.ts';

/** One sentence of the summary and the part of the report that it rests on. */
export interface Sentence {
  about: 'unseen' | 'inventory' | 'findings' | 'people' | 'changes';
  text: string;
}

/** What a head of security wants to read first, in four or five sentences that hold for any scan, an empty one too. */
export function sentences(found: Survey): Sentence[] {
  if (!found.run)
    return [{ about: 'unseen', text: 'Nothing has been scanned yet, so this report says nothing about anything.' }];
  return [read(found), seen(found), worst(found), owned(found), changed(found)].filter((one) => one !== undefined);
}

function read({ coverage, answering }: Survey): Sentence {
  const sources = new Set(coverage.map((one) => one.source)).size;
  return {
    about: 'inventory',
    text: `The scan called the roll of ${count(ownableRecords(answering), 'non-human identity, credential or automation', 'non-human identities, credentials and automations')} in ${count(sources, 'source')}.`,
  };
}

function seen({ coverage }: Survey): Sentence {
  const gaps = coverage.filter((one) => one.outcome !== 'complete').length;
  const text =
    coverage.length === 0
      ? 'It recorded no coverage, so a missing finding proves nothing.'
      : gaps === 0
        ? coverage.length === 1
          ? 'It read its one stream completely.'
          : `It read every one of ${count(coverage.length, 'stream')} completely.`
        : `It could not read ${gaps} of ${count(coverage.length, 'stream')} completely: where it was blind, a missing finding proves nothing.`;
  return { about: 'unseen', text };
}

function worst({ open, overdue }: Survey): Sentence {
  if (open.total === 0) return { about: 'findings', text: 'No finding is open.' };
  const parts = (['critical', 'high'] as const satisfies readonly Severity[])
    .filter((severity) => open.bySeverity[severity] > 0)
    .map((severity) => `${open.bySeverity[severity].toLocaleString('en-GB')} ${severity}`);
  const graver = parts.length > 0 ? `, ${parts.join(' and ')}` : ', none of them critical or high';
  const late = overdue === 0 ? 'none is past its deadline' : `${overdue.toLocaleString('en-GB')} past the deadline`;
  return { about: 'findings', text: `${count(open.total, 'finding is open', 'findings are open')}${graver}; ${late}.` };
}

function owned({ answering }: Survey): Sentence | undefined {
  const { left, unknown } = answering;
  if (ownableRecords(answering) === 0) return undefined;
  const gaps = [
    left > 0 && `of ${left.toLocaleString('en-GB')} every owner has left`,
    unknown > 0 && `for ${unknown.toLocaleString('en-GB')} nobody is known to answer`,
  ].filter((gap) => gap !== false);
  const text =
    gaps.length === 0
      ? 'Everything has an owner who is still here.'
      : `${ownedPercent(answering)} have an owner who is still here; ${gaps.join(', and ')}.`;
  return { about: 'people', text };
}

/** Rounded down: 99.9 % is not everything. */
export function ownedPercent(answering: Survey['answering']): string {
  const all = ownableRecords(answering);
  return all === 0 ? '–' : `${Math.floor((100 * answering.here) / all)} %`;
}

function changed({ changes, run }: Survey): Sentence {
  if (run?.id === 1) return { about: 'changes', text: 'This was the first scan, so everything is new.' };
  const words = [
    [changes.opened, 'new'],
    [changes.reopened, 'reopened'],
    [changes.worsened, 'worse'],
    [changes.resolved, 'resolved'],
  ] as const;
  const said = words
    .filter(([quantity]) => (quantity ?? 0) > 0)
    .map(([quantity, word]) => `${quantity?.toLocaleString('en-GB')} ${word}`);
  const text =
    said.length === 0 ? 'Nothing has changed since the scan before.' : `Since the scan before: ${said.join(', ')}.`;
  return { about: 'changes', text };
}
