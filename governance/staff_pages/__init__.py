"""What each page of the admin stands on: scope, paging, refusals."""
