/// What `aws login` speaks: a browser authorizes a tool, which trades a code for credentials that
/// renew themselves for as long as the sign-in lasts.
@NullMarked
package dev.daypass.broker.awslogin;

import org.jspecify.annotations.NullMarked;
