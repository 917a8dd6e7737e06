import type { Instant } from '../../core/time.ts';
import type { Digest, Item, Section } from './message.ts';
import { closing, deadline, headline, label, opening, rest, sectionTitle } from './wording.ts';

/**
 * What an incoming webhook of Slack takes: blocks for the window, `text` for the notification. A message has at most 50
 * blocks, a header 150 characters and any other text 3000, which is why each item has a block of its own:
 * https://docs.slack.dev/reference/block-kit/composition-objects/text-object
 */
export function slackMessage(digest: Digest): object {
  return {
    text: mrkdwn(headline(digest)),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: headline(digest), emoji: false } },
      section(mrkdwn(opening(digest))),
      ...digest.sections.flatMap((one) => blocksOf(one, digest.at)),
      context(mrkdwn(closing(digest))),
      ...(digest.report === undefined ? [] : [context(`<${entities(digest.report)}|The whole report>`)]),
    ],
  };
}

function blocksOf(one: Section, at: Instant): object[] {
  const more = rest(one);
  return [
    section(`*${sectionTitle(one)}*`),
    ...one.items.map((item) => section(entry(item, at))),
    ...(more === undefined ? [] : [context(more)]),
  ];
}

function entry(item: Item, at: Instant): string {
  const { title, where, todo, finding, risk } = item;
  const id = finding ?? risk;
  const heading = [label(item) && `*${label(item)}*`, mrkdwn(title)].filter(Boolean).join(' ');
  const facts = [mrkdwn(where), deadline(item, at), id && code(id)].filter(Boolean).join(' · ');
  return `${heading}\n${facts}\n${mrkdwn(todo)}`;
}

function section(content: string): object {
  return { type: 'section', text: text(content) };
}

function context(content: string): object {
  return { type: 'context', elements: [text(content)] };
}

/** Verbatim: no address, channel or person in it becomes a link or a mention. */
function text(content: string): object {
  return { type: 'mrkdwn', text: content, verbatim: true };
}

/** Signs that format, each as a harmless one that looks the same. */
const twins: Record<string, string> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ', ':': '∶' };

/**
 * Text that shows itself and does nothing. Slack has three escapes and none for the signs that format, which count only
 * at the edge of a word; a colon matters before the name of an emoji:
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function mrkdwn(plain: string): string {
  return entities(plain).replaceAll(/[*~`]|(?<!\w)_|_(?!\w)|:(?=[\w+-]+:)/g, (sign) => twins[sign] ?? sign);
}

/** An id, to be copied as it is. */
function code(id: string): string {
  return `\`${entities(id).replaceAll('`', 'ˋ')}\``;
}

function entities(plain: string): string {
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
