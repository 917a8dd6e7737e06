import type { Component } from '../../sdk/index.ts';
import { imageComponent } from '../image.ts';

/** What `uses:` points to: an action, a reusable workflow, a local path or a container image. */
export interface Used {
  /** `owner/repo`, `owner/repo/path`, `./path` or an image, without its version. */
  name: string;
  component: Component;
}

/** Publishers that are the platform itself. */
const platformOwners = new Set(['actions', 'github']);

/** Reads `owner/repo/path@ref`, `./path` and `docker://image:tag`. A tag or branch can be moved; a commit and a digest cannot. */
export function used(uses: string): Used {
  if (uses.startsWith('./') || uses.startsWith('../')) {
    return { name: uses, component: { name: uses, pinned: true, origin: 'local' } };
  }
  if (uses.startsWith('docker://')) {
    const component = imageComponent(uses.slice('docker://'.length));
    return { name: component.name, component };
  }
  const cut = uses.indexOf('@');
  const name = cut === -1 ? uses : uses.slice(0, cut);
  const version = cut === -1 ? undefined : uses.slice(cut + 1);
  const origin = platformOwners.has(name.split('/')[0]?.toLowerCase() ?? '') ? 'built-in' : 'community';
  const pinned = version !== undefined && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(version);
  return { name, component: { name, ...(version !== undefined && { version }), pinned, origin } };
}

/** Made afresh by the platform for every run, with the workflow's `permissions`: no stored credential. */
const automatic = new Set(['GITHUB_TOKEN']);

/** Names of the stored secrets that any `${{ … }}` in the document reads, in order of their names. */
export function secretNames(text: string): string[] {
  const names = new Set<string>();
  for (const [expression] of text.matchAll(/\$\{\{(?:(?!\$\{\{)[^}]){1,2000}\}\}/g)) {
    for (const match of expression.matchAll(/\bsecrets(?:\.([A-Za-z_][\w-]*)|\[\s*'([A-Za-z_][\w-]*)'\s*\])/g)) {
      const name = (match[1] ?? match[2] ?? '').toUpperCase();
      if (!automatic.has(name)) names.add(name);
    }
  }
  return [...names].toSorted();
}
