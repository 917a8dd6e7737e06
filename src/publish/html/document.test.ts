import { describe, expect, test } from 'vitest';
import { whole } from '../../../test/helpers/collect.ts';
import { organisation, reportSources } from '../../../test/helpers/register.ts';
import { hostile, hostileOrganisation } from '../../../test/helpers/report-hostile.ts';
import { empty } from '../../../test/helpers/report-store.ts';
import { reportTime } from '../../../test/helpers/report-records.ts';
import { DAY } from '../../core/time.ts';
import { htmlReport } from './document.ts';
import { anchor, link, markup } from './markup.ts';

const page = (holdings = organisation()) => whole(htmlReport(reportSources(holdings)));

/** Tags that are open at the end or closed in the wrong order. */
function imbalance(text: string): string[] {
  const bare = text.replaceAll(/<(style|script)>[^]*?<\/\1>/g, '');
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, close, name = '', rest = ''] of bare.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s[^>]*)?)>/g)) {
    if (close) {
      const last = open.pop();
      if (last !== name) wrong.push(`</${name}> closes <${last}>`);
    } else if (!/^(?:meta|input|br|link)$/.test(name) && !rest.endsWith('/')) open.push(name);
  }
  return [...wrong, ...open];
}

describe('markup', () => {
  test('escapes and neutralises every value, in text and in attributes', () => {
    expect(markup`<p title="${'" onclick="x'}">${'<b>\u001B[1m\u202E'}</p>`.raw).toBe(
      '<p title="&quot; onclick=&quot;x">&lt;b&gt;␛[1m⟨U+202E⟩</p>',
    );
    expect(markup`${[markup`<i>${'&'}</i>`, undefined, false, 0]}`.raw).toBe('<i>&amp;</i>0');
  });

  test('links to https pages alone', () => {
    expect(link('javascript:alert(1)', 'x').raw).toBe('x');
    expect(link('https://a.example/"x', 'x').raw).toContain('href="https://a.example/&quot;x"');
  });

  test('anchors of different texts differ', () => {
    expect(anchor('f', 'a b')).not.toBe(anchor('f', 'a_b'));
    expect(anchor('f', 'F-12ab')).toBe('f-F-12ab');
  });
});

describe('the page', () => {
  test('is balanced, for a full, a hostile and an empty store', async () => {
    for (const holdings of [organisation(), hostileOrganisation(), empty])
      expect(imbalance(await page(holdings))).toEqual([]);
  });

  test('a risk says what became of it, and that nobody has looked at it in time', async () => {
    const holdings = organisation();
    const [risk] = holdings.risks;
    const shown = async (reviewAt: number, status: 'open' | 'closed' = 'open') => {
      const risks = [{ ...risk!, status, accountable: holdings.people[0]!.id, reviewAt }];
      return (await page({ ...holdings, risks })).split('<article class="risk"')[1] ?? '';
    };
    const late = await shown(reportTime - DAY);
    expect(late).toMatch(/<dt>Review<\/dt>\n<dd><time [^>]+>[\d-]+<\/time>, overdue<\/dd>/);
    expect(late).toMatch(/<summary>What became of it<\/summary>\n<ul>\n<li>/);
    expect(late).toContain(
      `owner, accountable nobody → ${holdings.people[0]!.name} <span class="quiet">by a scan</span>`,
    );
    expect(await shown(reportTime + DAY)).not.toContain('overdue');
    expect(await shown(reportTime - DAY, 'closed')).not.toContain('overdue');
  });

  test('a finding about what can be revoked says what breaks with it, and one about anything else does not', async () => {
    const bodies = (await page()).split('<li id="f-').slice(1);
    const about = (kind: string) => bodies.filter((body) => body.includes(`<dd>${kind} <code>`));
    const heading = 'What breaks if it is revoked';
    expect(about('credential').length).toBeGreaterThan(0);
    for (const body of about('credential')) {
      expect(body).toContain(heading);
      expect(body).toMatch(/<li class="step-1">used by workflow <strong>[^<]+<\/strong>/);
    }
    expect(about('workflow').length).toBeGreaterThan(0);
    for (const body of about('workflow')) expect(body).not.toContain(heading);
  });

  test('every inner link leads somewhere, and no id stands twice', async () => {
    const text = await page();
    const ids = Array.from(text.matchAll(/\sid="([^"]+)"/g), (match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const known = new Set(ids);
    const closed = organisation()
      .findings.filter((one) => one.state !== 'open')
      .map((one) => anchor('f', one.id));
    const dangling = Array.from(text.matchAll(/href="#([^"]+)"/g), (match) => match[1] as string).filter(
      (id) => !known.has(id) && !closed.includes(id),
    );
    expect(dangling).toEqual([]);
  });

  test('loads nothing and lets nothing act but its own style and script', async () => {
    const text = await page(hostileOrganisation());
    expect(text).toMatch(
      /content="default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/,
    );
    expect(text.match(/<script/g)?.length).toBe(1);
    expect(text.match(/<style/g)?.length).toBe(1);
    expect(text).not.toMatch(/\s(?:src|srcset|style|on\w+)="/);
    expect(text).not.toMatch(/url\(|@import/);
  });

  test('shows hostile text as text', async () => {
    const text = await page(hostileOrganisation());
    expect(text).not.toMatch(/<(?:img|svg onload|script>alert)/);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('invoice⟨U+202E⟩fdp.exe');
    expect(hostile.length).toBeGreaterThan(10);
  });

  test('of an owner whom a directory lists and leaves open, nobody says that none lists them', async () => {
    const holdings = organisation();
    const people = holdings.people.map((each) => ({ ...each, state: 'unknown' as const, directory: true }));
    const owners = (await page({ ...holdings, people })).split('<section id="people"')[1] ?? '';
    expect(owners).toContain('<strong>does not say</strong>');
    expect(owners).not.toContain('not in the directory');
  });

  test('the second part is what could not be seen', async () => {
    const sections = Array.from((await page()).matchAll(/<section id="([^"]+)"/g), (match) => match[1]);
    expect(sections).toEqual(['summary', 'unseen', 'risks', 'findings', 'inventory', 'people', 'method']);
  });

  test('tells what stands behind a finding', async () => {
    const text = await page();
    for (const heading of ['What to do', 'Evidence', 'Why critical', 'Who answers for it', 'Controls', 'Record']) {
      expect(text).toContain(`<h3 class="minor">${heading}</h3>`);
    }
    expect(text).toContain('step HTTP Request · field X-API-KEY');
    expect(text).toContain('Accepted until <time datetime="2026-12-30">');
    expect(text).toContain('The vendor replaces it in the next release.');
  });

  test('an empty store makes an honest page', async () => {
    const text = await page(empty);
    expect(text).toContain('Nothing has been scanned yet');
    expect(text).toContain('before taking that for good news');
  });
});
