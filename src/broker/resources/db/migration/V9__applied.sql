-- What was made by applying files: users, groups, roles and policies by unique id (part is ''), what they were
-- given (part says what), and, under the account's number, its alias and password policy. Nothing else is pruned.
create table applied (
  owner_id    text not null,
  part        text not null,
  account_id  text not null references account,
  primary key (owner_id, part)
);
create index applied_account on applied (account_id);

-- What goes takes its mark along: whatever is made by hand in its place is nobody's to prune.
create function daypass_forget_applied() returns trigger language plpgsql as $$
begin
  case tg_table_name
    when 'attached_policy' then
      delete from applied where owner_id = old.owner_id and part = 'attached/' || old.policy_arn;
    when 'inline_policy' then
      delete from applied where owner_id = old.owner_id and part = 'inline/' || old.name;
    when 'group_member' then
      delete from applied where owner_id = old.user_id and part = 'group/' || old.group_id;
    when 'policy_version' then
      delete from applied where owner_id = old.policy_id and part = 'version/' || old.number;
    when 'account_alias' then
      delete from applied where owner_id = old.account_id and part = 'alias/' || old.alias;
    when 'password_policy' then
      delete from applied where owner_id = old.account_id and part = 'passwords';
    else
      delete from applied where owner_id = old.id;
  end case;
  return null;
end $$;

create trigger iam_user_forget_applied after delete on iam_user
  for each row execute function daypass_forget_applied();
create trigger iam_group_forget_applied after delete on iam_group
  for each row execute function daypass_forget_applied();
create trigger iam_role_forget_applied after delete on iam_role
  for each row execute function daypass_forget_applied();
create trigger managed_policy_forget_applied after delete on managed_policy
  for each row execute function daypass_forget_applied();
create trigger attached_policy_forget_applied after delete on attached_policy
  for each row execute function daypass_forget_applied();
create trigger inline_policy_forget_applied after delete on inline_policy
  for each row execute function daypass_forget_applied();
create trigger group_member_forget_applied after delete on group_member
  for each row execute function daypass_forget_applied();
create trigger policy_version_forget_applied after delete on policy_version
  for each row execute function daypass_forget_applied();
create trigger account_alias_forget_applied after delete on account_alias
  for each row execute function daypass_forget_applied();
create trigger password_policy_forget_applied after delete on password_policy
  for each row execute function daypass_forget_applied();
