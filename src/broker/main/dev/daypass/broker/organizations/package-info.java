/// Organizations: accounts in a tree, and the policies that say how far they may go.
@NullMarked
package dev.daypass.broker.organizations;

import org.jspecify.annotations.NullMarked;
