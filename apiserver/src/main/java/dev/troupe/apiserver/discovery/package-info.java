/// What there is: the documents by which clients learn the groups, versions and resources.
@NullMarked
package dev.troupe.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
