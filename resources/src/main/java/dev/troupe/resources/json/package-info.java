/// Reading and comparing JSON trees.
@NullMarked
package dev.troupe.resources.json;

import org.jspecify.annotations.NullMarked;
