/// What is wrong with a policy, unsafe in it or superfluous, told as AWS's IAM Access Analyzer
/// tells it: policy text in, [dev.daypass.policy.lint.Finding]s out. Pure functions, no I/O.
///
/// ```java
/// List<Finding> findings = Lint.check(PolicyType.TRUST, text);
/// ```
@NullMarked
package dev.daypass.policy.lint;

import org.jspecify.annotations.NullMarked;
