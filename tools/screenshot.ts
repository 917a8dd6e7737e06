// Photographs the demo's report for the README: node tools/screenshot.ts rollcall-report.html
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [report = 'rollcall-report.html'] = process.argv.slice(2);
const address = pathToFileURL(resolve(report)).href;
const picture = (name: string): string => join(import.meta.dirname, '../docs/images', `${name}.png`);

const size = { viewport: { width: 1080, height: 760 }, deviceScaleFactor: 2 };

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
try {
  for (const scheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ ...size, colorScheme: scheme });
    const mode = scheme === 'light' ? '' : '-dark';
    await page.goto(address);
    await page.screenshot({ path: picture(`report${mode}`) });
    const finding = page.locator('li[data-check="AUT-02"][data-subject="Invoice approval"]');
    await finding.locator('summary').first().click();
    await page.mouse.move(0, 0);
    await page.mouse.wheel(0, ((await finding.boundingBox())?.y ?? 0) - 12);
    await page.waitForTimeout(300);
    const clip = { x: 0, y: 0, width: size.viewport.width, height: 540 };
    await page.screenshot({ path: picture(`finding${mode}`), clip });
    await page.close();
  }
} finally {
  await browser.close();
}
