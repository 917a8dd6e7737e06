const automation =
  /\[bot\]|^(?:dependabot|renovate|github-actions|greenkeeper|snyk|semantic-release|mergify|web-flow|pre-commit-ci|imgbot|allcontributors)\b/i;

/** True for accounts of automation. A `noreply` address alone does not make one: people hide theirs behind it. */
export function isBot(who: { name: string; email: string }): boolean {
  if (automation.test(who.name) || automation.test(who.email)) return true;
  return /^(?:no-?reply|donotreply|bot|ci|build|automation)@/i.test(who.email);
}
