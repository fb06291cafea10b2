-- Whoever visits the demo company signs in without a password: a real company must never become one, whatever goes wrong.
revoke update on huiyin.tenant from huiyin_app;
grant update (name_zh, name_en) on huiyin.tenant to huiyin_app;
