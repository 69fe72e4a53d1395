/// What the trail was, signed, and whether it still is: as CloudTrail's digest files have it.
@NullMarked
package dev.daypass.broker.auditdigests;

import org.jspecify.annotations.NullMarked;
