import { expect, test } from 'vitest';
import { whole } from '../../../test/helpers/collect.ts';
import { organisation, reportSources } from '../../../test/helpers/register.ts';
import { htmlReport } from './document.ts';

const page = (holdings = organisation()) => whole(htmlReport(reportSources(holdings)));

const attributes = (tag: string): Map<string, string> =>
  new Map(Array.from(tag.matchAll(/\sdata-([a-z-]+)="([^"]*)"/g), ([, name = '', value = '']) => [name, value]));

/** Every figure that sets a filter, and how many findings of the page that filter leaves. */
function figures(text: string): { filter: string; told: number; there: number }[] {
  const findings = Array.from(text.matchAll(/<li id="f-[^>]*>/g), ([tag]) => attributes(tag));
  const decided = ['accepted', 'false-positive'];
  return Array.from(
    text.matchAll(/<a href="#findings"((?: data-filter-[^>]*)+)>([\d,]+)<\/a>/g),
    ([, set = '', told = '']) => {
      const wanted = Array.from(attributes(set), ([name, value]) => [name.replace('filter-', ''), value] as const);
      const fits = (finding: ReadonlyMap<string, string>) =>
        wanted.every(([name, value]) => {
          const is = finding.get(name === 'due' ? 'late' : name);
          return is === value || (value === 'decided' && decided.includes(is ?? ''));
        });
      return { filter: set, told: Number(told.replaceAll(',', '')), there: findings.filter(fits).length };
    },
  );
}

test('every figure leads to as many findings as it says', async () => {
  const told = figures(await page());
  expect(told.length).toBeGreaterThan(25);
  expect(told.filter(({ told: said, there }) => said !== there)).toEqual([]);
});

test('the figure of one owner does not lead to the findings of another of the same name', async () => {
  const holdings = organisation();
  const people = holdings.people.map((one, at) => (at === 1 ? { ...one, name: holdings.people[0]!.name } : one));
  const told = figures(await page({ ...holdings, people }));
  expect(told.filter(({ told: said, there }) => said !== there)).toEqual([]);
});
