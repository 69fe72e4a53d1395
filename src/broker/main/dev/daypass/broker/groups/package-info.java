/// Groups and who is in them.
@NullMarked
package dev.daypass.broker.groups;

import org.jspecify.annotations.NullMarked;
