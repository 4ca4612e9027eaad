/// For whoever enters the address of the desk.
permissionset 50141 "Couplet Links Admin"
{
    Assignable = true;
    CaptionML = ENU = 'Couplet Links Admin', SVE = 'Couplet-länkar, admin';
    IncludedPermissionSets = "Couplet Links";
    Permissions =
        tabledata "Couplet Setup" = RIM,
        page "Couplet Setup" = X;
}
