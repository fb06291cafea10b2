/** The mark of a field that has to be filled in; readers of screens hear it from the field itself. */
export const RequiredMark = () => (
  <span className="req" aria-hidden="true">
    *
  </span>
);
