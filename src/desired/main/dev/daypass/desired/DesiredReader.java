package dev.daypass.desired;

import dev.daypass.policy.Json;
import dev.daypass.wire.Arn;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.iam.AccountAlias;
import dev.daypass.wire.iam.AccountMessages.UpdateAccountPasswordPolicy;
import dev.daypass.wire.iam.Description;
import dev.daypass.wire.iam.GroupName;
import dev.daypass.wire.iam.MaxPasswordAge;
import dev.daypass.wire.iam.MaxSessionDuration;
import dev.daypass.wire.iam.MinimumPasswordLength;
import dev.daypass.wire.iam.NewUserName;
import dev.daypass.wire.iam.PasswordReusePrevention;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyDescription;
import dev.daypass.wire.iam.PolicyName;
import dev.daypass.wire.iam.PolicyPath;
import dev.daypass.wire.iam.RoleName;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import dev.daypass.wire.iam.TagValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads documents, which together say what an account is to look like. A thing is said once.
public final class DesiredReader {
  private static final String ACCOUNT = "account";
  private static final String ALIAS = "accountAlias";
  private static final String PASSWORDS = "passwordPolicy";
  private static final String POLICIES = "policies";
  private static final String GROUPS = "groups";
  private static final String USERS = "users";
  private static final String ROLES = "roles";
  private static final String PATH = "path";
  private static final String TAGS = "tags";
  private static final String DESCRIPTION = "description";
  private static final String BOUNDARY = "permissionsBoundary";
  private static final String MANAGED = "managedPolicies";
  private static final String INLINE = "inlinePolicies";

  private final Map<String, String> said = new HashMap<>();
  private final List<Desired.Policy> policies = new ArrayList<>();
  private final List<Desired.Group> groups = new ArrayList<>();
  private final List<Desired.User> users = new ArrayList<>();
  private final List<Desired.Role> roles = new ArrayList<>();
  private Optional<String> account = Optional.empty();
  private Wish<AccountAlias> alias = new Wish.AsItIs<>();
  private Wish<UpdateAccountPasswordPolicy> passwords = new Wish.AsItIs<>();

  private DesiredReader() {}

  /// Fails with [Malformed], which names the place.
  public static Desired read(List<Document> documents) {
    DesiredReader reader = new DesiredReader();
    documents.forEach(reader::read);
    return new Desired(
        reader.account,
        reader.alias,
        reader.passwords,
        reader.policies,
        reader.groups,
        reader.users,
        reader.roles);
  }

  private void read(Document document) {
    Fields top =
        Fields.of(
            document.file(),
            document.tree(),
            Set.of(ACCOUNT, ALIAS, PASSWORDS, POLICIES, GROUPS, USERS, ROLES));
    top.text(ACCOUNT, DesiredReader::accountId)
        .ifPresent(
            id -> {
              if (account.isPresent() && !account.get().equals(id)) {
                throw new Malformed(document.file(), "this is for another account than the rest");
              }
              account = Optional.of(id);
            });
    Wish<AccountAlias> ownAlias = top.wish(ALIAS, it -> new AccountAlias(Fields.scalar(it)));
    if (!(ownAlias instanceof Wish.AsItIs)) {
      once(document, ALIAS, "");
      alias = ownAlias;
    }
    Wish<UpdateAccountPasswordPolicy> own =
        top.wish(PASSWORDS, it -> passwordPolicy(document.file(), it));
    if (!(own instanceof Wish.AsItIs)) {
      once(document, PASSWORDS, "");
      passwords = own;
    }
    all(document, top, POLICIES, DesiredReader::policy, policies);
    all(document, top, GROUPS, DesiredReader::group, groups);
    all(document, top, USERS, DesiredReader::user, users);
    all(document, top, ROLES, DesiredReader::role, roles);
  }

  /// One thing, with its name.
  private record Named(String file, String name, Json tree) {
    Fields fields(String... known) {
      return Fields.of(file, tree, Set.of(known));
    }

    <T> T name(Function<String, T> type) {
      try {
        return type.apply(name);
      } catch (ConstraintViolation violation) {
        throw new Malformed(
            file, tree.position(), "`%s`: %s".formatted(name, violation.constraint()));
      }
    }
  }

  private <T> void all(
      Document document, Fields top, String kind, Function<Named, T> read, List<T> into) {
    top.things(kind)
        .forEach(
            (name, tree) -> {
              once(document, kind, name);
              into.add(read.apply(new Named(document.file(), name, tree)));
            });
  }

  /// Names differ by more than their case.
  private void once(Document document, String kind, String name) {
    String before = said.put(kind + "/" + name.toLowerCase(Locale.ROOT), document.file());
    if (before != null) {
      throw new Malformed(
          document.file(), "%s %s was said in %s before".formatted(kind, name, before));
    }
  }

  private static String accountId(String text) {
    if (!text.matches("[0-9]{12}")) {
      throw new ConstraintViolation("12 digits were expected");
    }
    return text;
  }

  private static Desired.Policy policy(Named thing) {
    Fields fields = thing.fields(PATH, DESCRIPTION, "document", TAGS);
    return new Desired.Policy(
        thing.name(PolicyName::new),
        fields.text(PATH, PolicyPath::new),
        fields.text(DESCRIPTION, PolicyDescription::new),
        fields.document("document"),
        tags(fields));
  }

  private static Desired.Group group(Named thing) {
    Fields fields = thing.fields(PATH, MANAGED, INLINE);
    return new Desired.Group(
        thing.name(GroupName::new), fields.text(PATH, Path::new), permissions(fields));
  }

  private static Desired.User user(Named thing) {
    Fields fields = thing.fields(PATH, TAGS, BOUNDARY, GROUPS, MANAGED, INLINE);
    return new Desired.User(
        thing.name(NewUserName::new),
        fields.text(PATH, Path::new),
        tags(fields),
        fields.wish(BOUNDARY, it -> reference(Fields.scalar(it))),
        fields.texts(GROUPS, GroupName::new),
        permissions(fields));
  }

  private static Desired.Role role(Named thing) {
    String trust = "trustPolicy";
    String longest = "maxSessionDuration";
    Fields fields =
        thing.fields(PATH, trust, DESCRIPTION, longest, TAGS, BOUNDARY, MANAGED, INLINE);
    return new Desired.Role(
        thing.name(RoleName::new),
        fields.text(PATH, Path::new),
        fields.document(trust),
        fields.text(DESCRIPTION, Description::new),
        fields.number(longest, MaxSessionDuration::new),
        tags(fields),
        fields.wish(BOUNDARY, it -> reference(Fields.scalar(it))),
        permissions(fields));
  }

  private static Desired.Permissions permissions(Fields fields) {
    return new Desired.Permissions(
        fields.texts(MANAGED, DesiredReader::reference),
        fields.map(INLINE, PolicyName::new, Fields::policy));
  }

  /// An ARN, or the name of a policy of the account's own.
  private static String reference(String text) {
    return text.startsWith("arn:")
        ? new PolicyArn(Arn.parse(text).toString()).value()
        : new PolicyName(text).value();
  }

  private static Optional<List<Tag>> tags(Fields fields) {
    return fields
        .map(TAGS, TagKey::new, it -> new TagValue(Fields.scalar(it)))
        .map(
            all ->
                all.entrySet().stream()
                    .map(entry -> new Tag(entry.getKey(), entry.getValue()))
                    .toList());
  }

  private static UpdateAccountPasswordPolicy passwordPolicy(String file, Json tree) {
    Fields fields =
        Fields.of(
            file,
            tree,
            Set.of(
                "minimumPasswordLength",
                "requireSymbols",
                "requireNumbers",
                "requireUppercaseCharacters",
                "requireLowercaseCharacters",
                "allowUsersToChangePassword",
                "maxPasswordAge",
                "passwordReusePrevention",
                "hardExpiry"));
    return new UpdateAccountPasswordPolicy(
        fields.number("minimumPasswordLength", MinimumPasswordLength::new),
        fields.flag("requireSymbols"),
        fields.flag("requireNumbers"),
        fields.flag("requireUppercaseCharacters"),
        fields.flag("requireLowercaseCharacters"),
        fields.flag("allowUsersToChangePassword"),
        fields.number("maxPasswordAge", MaxPasswordAge::new),
        fields.number("passwordReusePrevention", PasswordReusePrevention::new),
        fields.flag("hardExpiry"));
  }
}
