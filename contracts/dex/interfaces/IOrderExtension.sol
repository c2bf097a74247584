// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Price} from "../../libraries/Price.sol";
import {IOrderTypes} from "./IOrderTypes.sol";

/// @notice The rarer entry points. They run at the order book's own address and over its storage.
interface IOrderExtension is IOrderTypes {
    /// @notice Thrown when a signature is not `signer`'s, or was used before.
    error InvalidSignature(address signer);
    /// @notice Thrown when an order is not as it was when its hash was taken.
    error OrderChanged(uint256 id, bytes32 expected, bytes32 actual);
    /// @notice Thrown when there is nothing to withdraw or to sweep.
    error NothingToSend(address token);

    // ------------------------------------------------------------------------------------------------ creation

    /// @notice Creates `order` for `order.maker`, who pays through Permit2 and signed the order's terms with it; anybody
    /// may send it.
    /// @param nonce unordered Permit2 nonce
    /// @param deadline last second at which the signature holds
    /// @param signature of Permit2's `PermitWitnessTransferFrom` with witness `NewOrder`; ERC-1271 accepted by Permit2
    function createWithPermit2(
        NewOrder calldata order,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 id);

    /// @notice ERC-2612 permit of the caller's `token` to this contract; for use in `multicall` before a creation. A
    /// permit that was already used passes when the allowance suffices.
    function permitToken(address token, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Several calls in one, all or none. The caller of each is the caller of this.
    function multicall(bytes[] calldata data) external returns (bytes[] memory results);

    // ----------------------------------------------------------------------------------- amendment and cancellation

    /// @notice As `amend`, by the owner's EIP-712 signature over id, amount, price, `termsHash(id)`, nonce and deadline.
    /// The amount cannot rise.
    function amendWithSignature(
        uint256 id,
        uint256 newRemaining,
        Price newPrice,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice `cancel` of each id by the EIP-712 signature of `owner`, who owns them all. Ids that are gone are passed
    /// over.
    function cancelWithSignature(
        address owner,
        uint256[] calldata ids,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 cancelled);

    // --------------------------------------------------------------------------------------------- the order as NFT

    /// @notice ERC-721 approval of `spender` for `id` by the owner's EIP-712 signature.
    function permit(address spender, uint256 id, uint256 deadline, bytes calldata signature) external;

    /// @notice A hash of all that makes the order's worth: tokens, remaining amount, price, flags, release, taker.
    function termsHash(uint256 id) external view returns (bytes32);

    /// @notice `transferFrom(from, to, id)` if `termsHash(id)` is `expected`, so that a buyer gets what was seen.
    function transferIfUnchanged(address from, address to, uint256 id, bytes32 expected) external;

    // ------------------------------------------------------------------------------------------------------- money

    /// @notice Sends the caller's credit in `token` to `to`.
    function withdrawCredit(address token, address to) external returns (uint256 amount);

    /// @notice Sends the accrued fees in `token` to the fee collector. Anybody may.
    function sweepFees(address token) external returns (uint256 amount);

    // ---------------------------------------------------------------------------------------------- administration

    /// @notice Sets the taker fee, at most 3,000 millionths (30 bps). Governance.
    function setTakerFee(uint256 fee) external;

    /// @notice Sets where fees are swept to. Governance.
    function setFeeCollector(address collector) external;

    /// @notice Sets who is asked for fee discounts; zero for nobody. Governance.
    function setFeeDiscount(address discount) external;

    // ------------------------------------------------------------------------------------------------------- views

    /// @notice All that is known of an order, with its status for `taker`. Zeroes and `Nonexistent` for none.
    function order(uint256 id, address taker) external view returns (Order memory);

    /// @notice What `fill` would sell and cost now. Zeroes when it would revert.
    function quote(
        uint256 id,
        address taker,
        uint256 takeAmount
    ) external view returns (uint256 taken, uint256 paid, uint256 fee);

    /// @notice The nonce of the account's next order, and its epoch.
    function nonces(address account) external view returns (uint256 next, uint256 epoch);

    /// @notice The nonce that the account's next EIP-712 signature must hold.
    function signatureNonce(address account) external view returns (uint256);

    function creditOf(address account, address token) external view returns (uint256);

    function accruedFees(address token) external view returns (uint256);

    function takerFee() external view returns (uint256);

    function feeCollector() external view returns (address);

    function feeDiscount() external view returns (address);

    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}
