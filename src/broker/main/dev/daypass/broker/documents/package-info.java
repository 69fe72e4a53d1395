/// Policy documents as they are saved.
@NullMarked
package dev.daypass.broker.documents;

import org.jspecify.annotations.NullMarked;
