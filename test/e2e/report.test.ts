import { existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../../src/publish/publish.ts';
import { organisation, reportSources } from '../helpers/register.ts';
import { hostileOrganisation } from '../helpers/report-hostile.ts';
import type { Holdings } from '../helpers/report-store.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const missing = !existsSync(executablePath);
if (missing) process.stdout.write('skipped: no Chromium at /usr/bin/chromium (set CHROMIUM to another one)\n');

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe.skipIf(missing)('the HTML report in a browser', () => {
  let browser: Browser;
  let folder: string;
  const files = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollcall-report-'));
    await write('full', organisation());
    await write('small', organisation(50));
    await write('hostile', hostileOrganisation());
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function write(name: string, holdings: Holdings): Promise<void> {
    const file = join(folder, `${name}.html`);
    const handle = await open(file, 'w');
    await publish('html', reportSources(holdings), (text) => handle.appendFile(text));
    await handle.close();
    files.set(name, pathToFileURL(file).href);
  }

  /** Opens a report and collects everything that the console says and everything that the page asks the network for. */
  async function visit(
    name: string,
    options: Parameters<Browser['newPage']>[0] = {},
  ): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => request.url() !== files.get(name) && complaints.push(`request: ${request.url()}`));
    await page.goto(files.get(name) ?? '');
    return { page, complaints };
  }

  const visible = (page: Page) => page.locator('#list > li:visible').count();

  test('filters by every field and by text, says how many are left, and clears', async () => {
    const { page, complaints } = await visit('full');
    const all = await visible(page);
    expect(all).toBe(129);
    await page.selectOption('#q-severity', 'critical');
    await expect.poll(() => page.textContent('#count')).toMatch(/^\d+ of 129 findings/);
    const critical = await visible(page);
    expect(critical).toBeGreaterThan(0);
    expect(await page.locator('#list > li:visible:not([data-severity="critical"])').count()).toBe(0);
    await page.selectOption('#q-owner', 'nobody');
    await expect.poll(() => visible(page)).toBeLessThan(critical);
    await page.click('button[type=reset]');
    await expect.poll(() => visible(page)).toBe(all);
    await page.fill('#q-text', 'esignature SENDER');
    await expect.poll(() => page.locator('#list > li:visible:not([data-check="SIG-01"])').count()).toBe(0);
    expect(await visible(page)).toBeGreaterThan(0);
    await page.fill('#q-text', 'no finding says this');
    await expect.poll(() => page.textContent('#count')).toMatch(/^0 of 129/);
    expect(complaints).toEqual([]);
  });

  test('orders by deadline, age, owner and back', async () => {
    const { page } = await visit('full');
    const keys = (name: string) =>
      page.locator('#list > li').evaluateAll((items, key) => items.map((one) => one.dataset[key] ?? ''), name);
    const first = await keys('order');
    await page.selectOption('#q-sort', 'due');
    const due = (await keys('due')).map((one) => Number(one || Infinity));
    expect(due).toEqual(due.toSorted((a, b) => a - b));
    await page.selectOption('#q-sort', 'owner');
    const owners = (await keys('owner')).map((one) => one.toLowerCase());
    expect(owners).toEqual(owners.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    await page.selectOption('#q-sort', 'order');
    expect(await keys('order')).toEqual(first);
  });

  test('a figure of the summary leads to exactly its findings', async () => {
    const { page } = await visit('full');
    const link = page.locator('.legend a').nth(1);
    const figure = Number(await link.textContent());
    await link.click();
    await expect.poll(() => visible(page)).toBe(figure);
    const decided = page.locator('.tiles a').nth(3);
    const expected = Number(await decided.textContent());
    await decided.click();
    await expect.poll(() => visible(page)).toBe(expected);
    await page.locator('.worst a').first().click();
    await expect.poll(() => page.locator('#list > li:target > details[open]').count()).toBe(1);
  });

  test('what went well does not look like a warning, and what failed does not look like what went well', async () => {
    const { page } = await visit('full');
    const colour = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).color`);
    const plain = await colour('body');
    expect(await colour('.o-complete .outcome')).toBe(plain);
    const partial = await colour('.o-partial .outcome');
    const failed = await colour('.o-failed .outcome');
    expect(new Set([plain, partial, failed]).size).toBe(3);
    expect(await colour('.o-skipped .outcome')).toBe(partial);
    expect(await colour('.owners .outcome:not(:has(strong))')).toBe(plain);
    expect(await colour('.owners .outcome strong')).toBe(partial);
  });

  test('a number of two figures stands on one line', async () => {
    const { page } = await visit('full');
    const heights = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.worst li')].map((one) => getComputedStyle(one, '::before').height)",
    );
    expect(heights.length).toBe(10);
    expect(new Set(heights).size).toBe(1);
  });

  test('works from the keyboard', async () => {
    const { page } = await visit('full');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.locator('#list summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#list > li:first-child > details[open]').count()).toBe(1);
  });

  test('switches theme and remembers it', async () => {
    const { page } = await visit('full', { colorScheme: 'light' });
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await paper();
    expect(await page.textContent('#theme')).toBe('Dark theme');
    await page.click('#theme');
    expect(await paper()).not.toBe(light);
    await page.reload();
    expect(await paper()).not.toBe(light);
    await page.click('#theme');
    expect(await paper()).toBe(light);
  });

  test.each([
    ['small', 'light'],
    ['small', 'dark'],
    ['hostile', 'light'],
  ] as const)('axe finds nothing: %s, %s', async (name, colorScheme) => {
    const { page, complaints } = await visit(name, { colorScheme });
    await page.evaluate(
      `document.querySelectorAll('#list > li:nth-child(-n + 10) > details, .risk details, .checks li:nth-child(-n + 3) details').forEach((one) => { one.open = true; })`,
    );
    expect(complaints).toEqual([]);
    await page.evaluate(await readFile(axe, 'utf8'));
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: {
          run(
            options: object,
          ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
        };
      };
      return (await axe.run({ rules: { 'target-size': { enabled: true } } })).violations.map(({ id, nodes }) => ({
        id,
        nodes: nodes.slice(0, 3).map((one) => `${one.html} ${one.failureSummary}`),
      }));
    });
    expect(violations).toEqual([]);
  });

  test.each(['full', 'hostile'])('does not scroll sideways in a narrow window: %s', async (name) => {
    const { page } = await visit(name, { viewport: { width: 320, height: 800 } });
    await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  });

  test('every risk of the matrix can be hit with a finger', async () => {
    const { page } = await visit('full', { viewport: { width: 320, height: 800 } });
    const sizes = await page
      .locator('.matrix td a')
      .evaluateAll((links) =>
        links.map((one) => one.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
      );
    expect(sizes.length).toBeGreaterThan(5);
    // WCAG 2.2, target size (minimum).
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(24);
  });

  test('prints on white, without controls, with every finding opened, and folds them again', async () => {
    const { page } = await visit('full', { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav:visible, #filter:visible, #theme:visible').count()).toBe(0);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await page.locator('#list details:not([open])').count()).toBe(0);
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(await page.locator('#list details[open]').count()).toBe(0);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('without JavaScript everything is there to read', async () => {
    const { page } = await visit('full', { javaScriptEnabled: false });
    expect(await visible(page)).toBe(129);
    expect(await page.locator('#filter').isVisible()).toBe(false);
  });

  test('hostile data does nothing', async () => {
    const { page, complaints } = await visit('hostile');
    await page.locator('#list summary').first().click();
    await page.selectOption('#q-severity', { index: 1 });
    expect(complaints).toEqual([]);
    expect(await page.locator('main img, main script').count()).toBe(0);
  });
});
