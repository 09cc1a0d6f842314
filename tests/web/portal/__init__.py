"""The portal's pages, as each kind of contact meets them."""
