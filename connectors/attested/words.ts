/** What governance teams write for the types of an inventory. */
export const typeWords: { readonly [word: string]: string } = {
  'api-token': 'api-key',
  apikey: 'api-key',
  key: 'api-key',
  token: 'api-key',
  'api-schlüssel': 'api-key',
  'clé-api': 'api-key',
  'integrator-key': 'integration-key',
  'personal-access-token': 'pat',
  'oauth-client': 'oauth-app',
  'oauth-application': 'oauth-app',
  'oauth2-client': 'oauth-app',
  'service-user': 'service-account',
  'technical-user': 'service-account',
  'technical-account': 'service-account',
  'system-account': 'service-account',
  dienstkonto: 'service-account',
  'technischer-benutzer': 'service-account',
  'compte-de-service': 'service-account',
  'oauth-consent': 'consent',
  'jwt-consent': 'consent',
  zertifikat: 'certificate',
  'ssl-certificate': 'certificate',
  'tls-certificate': 'certificate',
  passwort: 'password',
};

/** How an item stands. */
export type RowStatus = 'active' | 'inactive' | 'disabled' | 'expired' | 'revoked' | 'unknown';

/** What they write for it. What nobody uses works all the same, until somebody switches it off. */
export const statusWords: { readonly [word: string]: RowStatus } = {
  active: 'active',
  enabled: 'active',
  live: 'active',
  'in use': 'active',
  valid: 'active',
  aktiv: 'active',
  actif: 'active',
  inactive: 'inactive',
  unused: 'active',
  'not in use': 'active',
  dormant: 'active',
  ungenutzt: 'active',
  inutilisé: 'active',
  inaktiv: 'inactive',
  inactif: 'inactive',
  disabled: 'disabled',
  suspended: 'disabled',
  deaktiviert: 'disabled',
  gesperrt: 'disabled',
  expired: 'expired',
  abgelaufen: 'expired',
  expiré: 'expired',
  revoked: 'revoked',
  deleted: 'revoked',
  decommissioned: 'revoked',
  retired: 'revoked',
  widerrufen: 'revoked',
  gelöscht: 'revoked',
  révoqué: 'revoked',
  unknown: 'unknown',
  '?': 'unknown',
};

/** What a status means; of `Retired 10/2026` the words with which it begins. */
export function statusOf(text: string): RowStatus | undefined {
  const status = text.toLowerCase();
  if (Object.hasOwn(statusWords, status)) return statusWords[status];
  const known = Object.keys(statusWords).filter(
    (word) => status.startsWith(word) && /^[^\p{L}]/u.test(status.slice(word.length)),
  );
  return statusWords[known.toSorted((a, b) => b.length - a.length)[0] ?? ''];
}

/** True for what people write into cells that they leave open. */
export const isOpen = (text: string): boolean =>
  /^(?:#?n\/a|null|nan|tbd|tbc|\?+|-+|–|—|unknown|not known|unbekannt|inconnu|k\. ?a\.)$/i.test(text);

/** True where they say that there is nothing of it. */
export const isNone = (text: string): boolean =>
  /^(?:none|nothing|no(?:ne)? used|keine?s?|nichts|aucune?s?|rien)$/i.test(text);

/** True where they say that it is nobody, or nobody yet: no person of that name is to be looked for. */
export const isNobody = (text: string): boolean =>
  /^(?:no|none|nil|nobody|no one|no owner|not (?:yet )?(?:assigned|approved|known)|unassigned|unowned|vacant|orphan(?:ed)?|open|pending|keine?r?|niemand|offen|ausstehend|nicht zugewiesen|aucune?|personne|en attente|non attribué)$/i.test(
    text,
  );

/** True for words that deny or only plan what their column asks for: `no`, `not in the vault`; `kv/non-prod` is a place. */
export const isDenied = (text: string): boolean =>
  /^(?:n|0|false|f)$|(?:^|[\s(,;])(?:no|none|not|nein|nicht|noch|kein\p{L}*|non|pas|aucune?|outside|without|ohne|hors|planned|pending|soon|todo|to be|will be|should be|geplant|prévue?)(?=[\s),.;:]|$)/iu.test(
    text,
  );
