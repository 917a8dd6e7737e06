import { peopleIn, type RiskEvent } from '../../core/risk-history.ts';
import type { PeopleFinder } from '../facts.ts';
import { markup, type Raw } from './markup.ts';
import { date } from './parts.ts';

/** What became of a risk since it was raised, and whose doing that was. */
export async function riskHistory(events: readonly RiskEvent[], person: PeopleFinder): Promise<Raw> {
  const rows = await Promise.all(
    events.map(
      async (event) =>
        markup`<li>
${date(event.at)}: ${event.type}, ${await readable(event, person)} <span class="quiet">${await doer(event, person)}</span></li>`,
    ),
  );
  return markup`<details>
<summary>What became of it</summary>
<ul>
${rows}
</ul>
</details>`;
}

async function readable(event: RiskEvent, person: PeopleFinder): Promise<string> {
  let { note } = event;
  for (const id of peopleIn(event)) {
    const { name } = await person(id);
    note = note.replace(id, () => name);
  }
  return note;
}

async function doer({ actor }: RiskEvent, person: PeopleFinder): Promise<string> {
  if (actor === 'scan') return 'by a scan';
  return actor === 'clock' ? 'by its date' : `by ${(await person(actor)).name}`;
}
