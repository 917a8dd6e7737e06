/** What automation is called, and coding agents, which sign commits as co-authors. */
const automation =
  /\[bot\]|^(?:dependabot|renovate|github-actions|greenkeeper|snyk|semantic-release|mergify|web-flow|pre-commit-ci|imgbot|allcontributors|bitbucket-pipelines|copilot|cursoragent)\b|^(?:cursor agent|claude code|codex|openhands)$/i;

/** Behind a project's or a group's token GitLab makes a user of its own: https://docs.gitlab.com/user/project/settings/project_access_tokens/ */
const tokenOfGitlab = /^(?:project|group)_?\d+_bot(?:_?\w+)?(?:@|$)/i;

/** What stands before the sign of an address that nobody reads. */
const mailbox = /^(?:(?:commits-)?no-?reply|donotreply|bot|ci|build|automation)@/i;

/** True for accounts of automation. A `noreply` address alone does not make one: people hide theirs behind it. */
export function isBot(who: { name: string; email: string }): boolean {
  return (
    [who.name, who.email].some((each) => automation.test(each) || tokenOfGitlab.test(each)) || mailbox.test(who.email)
  );
}
