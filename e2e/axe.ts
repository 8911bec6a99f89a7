import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What WCAG finds on the page as it stands; `bestPractice`: also what no rule of WCAG demands. Empty: nothing. */
export async function axeFaults(page: Page, { bestPractice = true } = {}): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(bestPractice ? [...tags, "best-practice"] : tags)
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
  );
}
