/// Users, groups, roles and policies as the evaluator needs them, kept in memory and fresh.
@NullMarked
package dev.daypass.broker.identities;

import org.jspecify.annotations.NullMarked;
