import { unknown, type AnyRecord, type Gap, type Verdict } from '../../../src/sdk/index.ts';

const words: Record<Gap, string> = {
  'not-supported': 'The platform does not report',
  denied: 'We were refused',
  'not-licensed': "The customer's plan does not include",
  'not-seen': 'This source has not read',
};

/** Unknown because a field is empty, in the words of the gap that the source recorded for it. `what`: `an expiry date`. */
export function missing(record: Pick<AnyRecord, 'gaps'>, field: string, what: string): Verdict {
  const gap = record.gaps?.[field];
  return unknown(`${gap === undefined ? 'The source does not say' : words[gap]} ${what}.`);
}
