import { neutralise } from '../../core/text.ts';

/** Markup that this program wrote; only `markup` and `trusted` make it. */
export interface Raw {
  readonly raw: string;
}

type Value = string | number | Raw | undefined | null | false | readonly Value[];

/** Markup with every value escaped and neutralised, unless it is markup itself. Attributes must stand in double quotes. */
export function markup(strings: TemplateStringsArray, ...values: readonly Value[]): Raw {
  let text = strings[0] ?? '';
  values.forEach((value, at) => {
    text += render(value) + (strings[at + 1] ?? '');
  });
  return { raw: text };
}

/** Takes a constant of this program for markup; never data. */
export function trusted(text: string): Raw {
  return { raw: text };
}

function render(value: Value): string {
  if (value === undefined || value === null || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escape(value);
  return 'raw' in value ? value.raw : value.map(render).join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escape(text: string): string {
  return neutralise(text).replaceAll(/[&<>"'`]/g, (sign) => entities[sign] ?? sign);
}

/** An id for an anchor: different texts never share one. */
export function anchor(prefix: string, text: string): string {
  return `${prefix}-${text.replaceAll(/[^A-Za-z0-9-]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}_`)}`;
}

/** A link to a page on the web; plain text where the address is not one. */
export function link(url: string | undefined, text: string): Raw {
  if (url === undefined || !/^https:\/\/[^\s/]/.test(url)) return markup`${text}`;
  return markup`<a href="${url}" rel="noreferrer noopener">${text}</a>`;
}
