/// The AWS policy language: policy text in, [dev.daypass.policy.Decision] out. Pure functions, no
/// I/O.
///
/// ```java
/// Policy policy = Policy.parse(PolicyType.IDENTITY, "ReadReports", text);
/// Access access = new Access(caller, "s3:GetObject", arn, Optional.of(account), Context.EMPTY);
/// boolean allowed = Policies.identity(List.of(policy)).decide(access).allowed();
/// ```
@NullMarked
package dev.daypass.policy;

import org.jspecify.annotations.NullMarked;
