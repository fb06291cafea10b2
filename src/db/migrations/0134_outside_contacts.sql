-- A contact that was entered and corrected on the same day leaves no trace.
grant delete on huiyin.outside_contact to huiyin_app;
