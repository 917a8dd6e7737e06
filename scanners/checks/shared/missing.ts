import { remembered, unknown, type AnyRecord, type Gap, type Verdict } from '../../../src/sdk/index.ts';

/** The same few sentences are said of a million records: each is put together once. */
const saying = (begin: string): ((what: string) => Verdict) => remembered((what) => unknown(`${begin} ${what}.`));

const silent = saying('The source does not say');
const sayings: Record<Gap, (what: string) => Verdict> = {
  'not-supported': saying('The platform does not report'),
  denied: saying('We were refused'),
  'not-licensed': saying("The customer's plan does not include"),
  'not-seen': saying('This source has not read'),
};

/** Unknown because a field is empty, in the words of the gap that the source recorded for it. `what`: `an expiry date`. */
export function missing(record: Pick<AnyRecord, 'gaps'>, field: string, what: string): Verdict {
  const gap = record.gaps?.[field];
  return (gap === undefined ? silent : sayings[gap])(what);
}
