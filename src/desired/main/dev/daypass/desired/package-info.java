/// What an account's IAM is to look like, as files say it.
@NullMarked
package dev.daypass.desired;

import org.jspecify.annotations.NullMarked;
