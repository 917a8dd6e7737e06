import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { defaultLimits } from '../../src/formats/reading.ts';
import { readWorkbook } from '../../src/formats/workbook.ts';

/** The sheets of a workbook's file as CSV; none where it cannot be read, which its own source tells. */
export async function sheetsIn(file: string): Promise<readonly Uint8Array[]> {
  try {
    const { size } = await stat(file);
    if (size > defaultLimits.archive.entryBytes) return [];
    const { sheets } = await readWorkbook(basename(file), await readFile(file), defaultLimits);
    return sheets.map(({ csv }) => Buffer.from(csv));
  } catch {
    return [];
  }
}
