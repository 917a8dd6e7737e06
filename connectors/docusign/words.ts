import { z } from 'zod';
import { offsets, SourceError, type Paging } from '../../src/sdk/index.ts';

/** eSignature writes its booleans as text; absent and empty mean that it does not say. */
export function flag() {
  return z
    .union([z.boolean(), z.string()])
    .nullish()
    .transform((value) =>
      value === undefined || value === null || value === '' ? undefined : String(value).toLowerCase() === 'true',
    );
}

/** A number that may be written as text. */
export function count() {
  return z
    .union([z.number(), z.string()])
    .nullish()
    .transform((value) => (/^\d+$/.test(String(value ?? '')) ? Number(value) : undefined));
}

/** Ids as a list, or in one line with commas, as the vendor's description has both; an empty text is none. */
export function ids() {
  return z
    .union([z.array(z.string()), z.string()])
    .nullish()
    .transform((value) => {
      const list = typeof value === 'string' ? value.split(',') : (value ?? []);
      return list.map((each) => each.trim()).filter((each) => each !== '');
    });
}

/** Only that something is there; what it is goes no further. */
export function presence() {
  return z
    .string()
    .nullish()
    .transform((value) => (value ?? '') !== '');
}

/** The list of a page. One that is left out is empty only where the platform itself counts none. */
export function listed<T>(list: readonly T[] | null | undefined, total: number | undefined): readonly T[] {
  if (list !== undefined && list !== null) return list;
  if (total === 0) return [];
  throw new SourceError('schema', 'a page came without its list: the platform may have changed');
}

/** Where a page stands, as the platform says it. */
export const place = { startPosition: count(), totalSetSize: count() };
type Place = { startPosition?: number | undefined; totalSetSize?: number | undefined };

/** Pages by position, as all of DocuSign's interfaces have them. A page from another position is not taken for the one asked for. */
export function positions(size: number): Paging<Place> {
  const plain = offsets<Place>({ size, offset: 'start_position', limit: 'count', total: (body) => body.totalSetSize });
  return {
    ...plain,
    next: (answer, cursor, read) => {
      const { startPosition } = answer.body;
      if (startPosition !== undefined && startPosition !== (cursor ?? 0))
        throw new SourceError('schema', 'another page came than the one that was asked for');
      return plain.next(answer, cursor, read);
    },
  };
}
