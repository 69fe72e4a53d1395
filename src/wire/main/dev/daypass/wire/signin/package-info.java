/// The messages of AWS Sign-In, with which the AWS CLI signs in.
@NullMarked
package dev.daypass.wire.signin;

import org.jspecify.annotations.NullMarked;
