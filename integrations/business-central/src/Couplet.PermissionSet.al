/// For everybody who uses the actions.
permissionset 50140 "Couplet Links"
{
    Assignable = true;
    CaptionML = ENU = 'Couplet Links', SVE = 'Couplet-länkar';
    Permissions =
        tabledata "Couplet Setup" = R,
        table "Couplet Setup" = X,
        codeunit "Couplet Desk" = X;
}
