/** The first thing Tab reaches on any page. */
export function SkipLink() {
  return (
    <a
      href="#content"
      className="fixed start-4 top-2 z-50 -translate-y-20 rounded-control border bg-raised px-4 py-2 font-medium text-accent-text shadow-float focus:translate-y-0"
    >
      Skip to content
    </a>
  );
}
