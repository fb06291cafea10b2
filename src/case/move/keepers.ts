/** Posts that answer for the company's procedures: they approve versions and move running cases to a new one. */
export const procedureKeepers: readonly string[] = ['administrator', 'generalManager'];

/** Whether somebody with these posts keeps the procedures. */
export const keepsProcedures = (posts: readonly string[]): boolean =>
  posts.some((post) => procedureKeepers.includes(post));
