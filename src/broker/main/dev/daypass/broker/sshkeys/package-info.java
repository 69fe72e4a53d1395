/// SSH public keys of users.
@NullMarked
package dev.daypass.broker.sshkeys;

import org.jspecify.annotations.NullMarked;
