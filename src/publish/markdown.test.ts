import { describe, expect, test } from 'vitest';
import { whole } from '../../test/helpers/collect.ts';
import { organisation, reportSources } from '../../test/helpers/register.ts';
import { hostileOrganisation } from '../../test/helpers/report-hostile.ts';
import { empty } from '../../test/helpers/report-store.ts';
import { markdown, md } from './markdown.ts';

describe('md', () => {
  test('leaves nothing that Markdown or GitHub would act on', () => {
    expect(md('[x](javascript:1)')).toBe(String.raw`\[x\]\(javascript:1\)`);
    expect(md('a | b')).toBe(String.raw`a \| b`);
    expect(md('<img src=x>')).toBe('&lt;img src=x>');
    expect(md('@acme/admins see #12')).toBe(String.raw`@<!-- -->acme/admins see \#12`);
    expect(md('https://evil.example www.evil.example')).toBe('https&#58;//evil.example www&#46;evil.example');
    expect(md('a\n# b')).toBe(String.raw`a␊\# b`);
    expect(md('- x')).toBe(String.raw`\- x`);
    expect(md('1. x')).toBe(String.raw`1\. x`);
    expect(md('&lt;')).toBe('&amp;lt;');
    expect(md('ann@acme.example')).toBe('ann@acme.example');
  });
});

test('says the state of things, the worst, what was not seen and the risks', async () => {
  const text = await whole(markdown(reportSources(organisation())));
  expect(text).toContain('117 findings are open, 4 critical and 28 high');
  expect(text).toContain('| critical | 4 |');
  const [beforeRisks = ''] = text.split('## Risks');
  expect(beforeRisks.match(/^\| (?:critical|high) \| .+\\\(F/gm)?.length).toBe(10);
  expect(text).toContain('**docusign:eu consents**: failed. DocuSign refused with 403');
});

test('names the policy of the scan, and its own where that is another one', async () => {
  const sources = reportSources(organisation());
  expect(await whole(markdown(sources))).toContain('policy default, version 1 ·');
  const other = { ...sources, policy: { ...sources.policy, id: 'house', version: 3 } };
  expect(await whole(markdown(other))).toContain(
    'policy default, version 1, for the scan; house, version 3, for this report ·',
  );
});

test('names the highest of the risks, and how many more there are', async () => {
  const holdings = organisation();
  const rank = ['very-high', 'high', 'moderate', 'low', 'very-low'];
  const levels = holdings.risks
    .filter(({ status }) => status !== 'closed')
    .map(({ current }) => rank.indexOf(current.level));
  expect(levels).not.toEqual(levels.toSorted((a, b) => a - b));
  const [, part = ''] = (await whole(markdown(reportSources(holdings)))).split('## Risks');
  const told = [...part.matchAll(/^\| (very-high|high|moderate|low|very-low) \|/gm)].map(([, level = '']) =>
    rank.indexOf(level),
  );
  expect(told).toEqual(levels.toSorted((a, b) => a - b).slice(0, 20));
});

test('hostile data makes no row, heading, link or tag of its own', async () => {
  const text = await whole(markdown(reportSources(hostileOrganisation())));
  expect(text).not.toMatch(/<(?!!-- -->)/);
  expect(text).not.toMatch(/(?<!\\)\]\(/);
  expect(text).not.toMatch(/https?:\/\//);
  for (const line of text.split('\n').filter((one) => one.startsWith('|'))) {
    expect([3, 6, 7]).toContain(line.match(/(?<!\\)\|/g)?.length);
  }
});

test('of an empty store says that nothing was scanned', async () => {
  expect(await whole(markdown(reportSources(empty)))).toContain('Nothing has been scanned yet');
});
