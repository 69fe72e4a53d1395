/// What users, groups and roles were given: inline policies, attachments, boundaries.
@NullMarked
package dev.daypass.broker.grants;

import org.jspecify.annotations.NullMarked;
